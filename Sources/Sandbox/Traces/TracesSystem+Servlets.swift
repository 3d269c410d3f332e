import Domain
import FoundationEssentials
import Wire

extension TracesSystem {
    private static let mostRows = 50

    func statements(_ request: SandboxRequest, _ account: DemoAccount) -> SandboxAnswer {
        let form = Self.form(request.body)
        guard form["reqType"] == "1", let year = form["financialYear"].flatMap({ Int($0) }),
            let quarter = form["quarter"].flatMap({ Int($0) }).flatMap(Traces.quarter(code:))
        else { return SandboxAnswer(status: 400, page: "Bad Request") }
        let rows = book.statements(of: account).filter {
            $0.year == year && $0.quarter == quarter && $0.form == form["formType"]
        }.map { statement in
            TracesStatementRow(
                financialYear: TracesPrint.year(year), quarter: "Q\(quarter)", form: statement.form,
                token: statement.token, filedOn: TracesPrint.date(statement.filedOn), status: statement.status,
                processedOn: TracesPrint.date(statement.processedOn), type: "Regular")
        }
        return Self.page(of: rows, form, account)
    }

    func requests(_ request: SandboxRequest, _ account: DemoAccount) async -> SandboxAnswer {
        guard request.query["reqtype"] == "0" else { return SandboxAnswer(status: 400, page: "Bad Request") }
        if account.outcome == .placeFailed { return SandboxAnswer(status: 504, page: "Gateway Timeout") }
        let rows = await rows(account)
        var answer = Self.page(of: rows, request.query, account)
        let size = min(max(request.query["rows"].flatMap { Int($0) } ?? 10, 1), Self.mostRows)
        if (request.query["page"].flatMap { Int($0) } ?? 1) * size >= rows.count {
            answer.completes[.requests] = rows.count
        }
        if account.outcome == .dropAfterHeaders { answer.delivery = .cutAfterHeaders }
        return account.outcome == .strayRecord ? Self.withStray(answer) : answer
    }

    /// From the second session on a withdrawn request is no longer listed.
    private func rows(_ account: DemoAccount) async -> [TracesRequestRow] {
        let today = LegalDate.inIndia(now())
        let rows =
            await state.askedRows(account.identity, today: today) + book.requests(of: account, today: today)
        guard account.outcome == .withdrawn, await state.sessions(of: account.identity) > 1 else { return rows }
        return rows.dropLast()
    }

    func download(_ request: SandboxRequest, _ account: DemoAccount) async -> SandboxAnswer {
        guard let number = Self.form(request.body)["reqNo"],
            await rows(account).contains(where: {
                $0.number == number && $0.status == TracesRequestStatus.available.rawValue
            })
        else { return SandboxAnswer(status: 400, page: "Bad Request") }
        if account.outcome == .emptyThenFull, await state.count("download \(account.identity)") <= 2 {
            return SandboxAnswer(200, TracesDownload(url: ""))
        }
        let host = request.headers["host"] ?? "127.0.0.1"
        return SandboxAnswer(200, TracesDownload(url: "http://\(host)/\(name)/app/files/\(number).zip"))
    }

    func file(_ request: SandboxRequest, _ account: DemoAccount) async -> SandboxAnswer {
        let name = request.segments.last ?? ""
        guard let row = await rows(account).first(where: { "\($0.number).zip" == name }) else {
            return SandboxAnswer(status: 404, page: "Not Found")
        }
        // A page in place of the file, as gateways send it, with a status that says all is well.
        if account.outcome == .wrongHash { return SandboxAnswer(status: 200, page: "Please try again later") }
        var answer = SandboxAnswer(status: 200, body: book.file(row, of: account), mediaType: "application/zip")
        answer.headers.append(("Content-Disposition", "attachment; filename=\"\(name)\""))
        return answer
    }

    /// One page of rows as the paging servlets cut them.
    private static func page<Row: WirePayload>(
        of rows: [Row], _ asked: [String: String], _ account: DemoAccount
    ) -> SandboxAnswer {
        let size = min(max(asked["rows"].flatMap { Int($0) } ?? 10, 1), mostRows)
        let page = max(asked["page"].flatMap { Int($0) } ?? 1, 1)
        var total = (rows.count + size - 1) / size
        var first = (page - 1) * size
        if account.outcome == .cursorRepeats, page > 1 { first -= 1 }
        if account.outcome == .neverEnds {
            // One more page, whichever is asked for.
            total = page + 1
            first = 0
        }
        let cut = Array(rows.dropFirst(first).prefix(size))
        let answer = SandboxAnswer(
            200, TracesPage(totalPages: total, page: page, rowCount: rows.count, rows: cut))
        return account.outcome == .unknownField ? withNovelty(answer) : answer
    }

    private static func withNovelty(_ answer: SandboxAnswer) -> SandboxAnswer {
        var answer = answer
        let text = String(decoding: answer.body, as: UTF8.self)
        answer.body = Array("{\"novelty\":\"new\",\(text.dropFirst())".utf8)
        return answer
    }

    /// A row among the others that has neither number nor status.
    private static func withStray(_ answer: SandboxAnswer) -> SandboxAnswer {
        var answer = answer
        let text = String(decoding: answer.body, as: UTF8.self)
        answer.body = Array(text.replacing("\"rows\":[", with: "\"rows\":[{\"moved\":[7,null]},").utf8)
        return answer
    }

    /// The fields of a form as browsers send it.
    static func form(_ body: [UInt8]) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in String(decoding: body, as: UTF8.self).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            fields[String(parts[0]).removingPercentEncodingStrictly] =
                String(parts[1]).replacing("+", with: " ").removingPercentEncodingStrictly
        }
        return fields
    }
}
