import Domain
import Wire

/// The list of requested files, and the files that are ready.
struct TracesRequests: Sendable {
    let pages: TracesPages
    let reporter: any FetchReporter

    func read() async throws(PortalFailure) -> TracesFinding {
        let list = try await pages.rows(TracesRequestRow.self, Traces.AppPath.requests, query: "reqtype=0")
        var finding = TracesFinding()
        for raw in list.strange {
            finding.setAside(raw, at: .requests, "a request without a number or a status")
        }
        try await keepExample(list)
        var known: Set<String> = []
        // Pages shift while they are turned, so a row may come twice. Two without a number are two all the same.
        for row in list.rows where !Self.isNumber(row.number) || known.insert(row.number).inserted {
            try await take(row, &finding)
        }
        let delivered = finding.notices.count
        if delivered + finding.notRead < list.counted {
            finding.problems.append(
                PortalFailure(
                    .placeFailed,
                    "the portal counted \(Counted.text(list.counted, "request")) but delivered \(delivered)"))
        }
        return finding
    }

    private func take(_ row: TracesRequestRow, _ finding: inout TracesFinding) async throws(PortalFailure) {
        guard Self.isNumber(row.number) else {
            let raw = (try? WireJSON.encode(row)) ?? []
            return finding.setAside(raw, at: .requests, "a request whose number is none")
        }
        var facts = Self.facts(row)
        if facts.issuedOn == nil, !row.requestedOn.isEmpty {
            facts.unread.insert(.issuedOn)
            finding.setAside(facts, ["reqDate of request \(row.number) is no date: \(row.requestedOn)"], row)
        }
        if row.status == TracesRequestStatus.available.rawValue {
            do throws(PortalFailure) {
                facts.documents = [try await document(row)]
            } catch {
                if error.cause == .sessionExpired || Task.isCancelled { throw error }
                await reporter.log(
                    .error, "document", "request \(row.number): \(error.message)", detail: error.rawAnswer)
                finding.problems.append(error)
            }
        }
        finding.notices.append(facts)
    }

    private static func isNumber(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    /// The five words stay as they are; a new one is no state that we know.
    private static func facts(_ row: TracesRequestRow) -> NoticeFacts {
        let state: NoticeState =
            switch TracesRequestStatus(rawValue: row.status) {
            case .submitted, .failed: .open
            case .available, .disabled, .notAvailable: .closed
            case nil: .unknown
            }
        let form = TracesForm.number(row.form) ?? HarmlessText.line(row.form, limit: 40)
        let remarks = row.remarks.isEmpty ? "" : ": \(HarmlessText.line(row.remarks, limit: 300))"
        let period = TracesValues.year(row.financialYear).map {
            TracesValues.period(year: $0, quarter: TracesValues.quarter(row.quarter), form: form)
        }
        return NoticeFacts(
            externalKey: "request \(row.number)", place: .requests, reference: row.number, form: form,
            summary: HarmlessText.line(row.kind, limit: 100) + TracesRecipe.note(row.kind) + remarks,
            period: period ?? HarmlessText.line("\(row.financialYear) \(row.quarter)", limit: 40),
            issuedOn: TracesValues.date(row.requestedOn), state: state,
            rawState: HarmlessText.line(row.status, limit: 80))
    }

    /// The ZIP as it came. It is closed by a password, which is nobody's business here. What is stored is not downloaded
    /// again: the portal may have dropped the file since.
    private func document(_ row: TracesRequestRow) async throws(PortalFailure) -> NoticeDocument {
        if let known = await reporter.storedDocument(externalId: row.number) { return known }
        let bytes = try await pages.file(request: row.number)
        let hash = ContentHash.sha256(bytes)
        let document = NoticeDocument(
            externalId: row.number, name: "\(row.number).zip", mediaType: "application/zip", byteCount: bytes.count,
            sha256: hash)
        guard await !reporter.hasDocument(sha256: hash) else { return document }
        do {
            try await reporter.store(document: document, bytes: bytes)
        } catch {
            throw PortalFailure(.internal, HarmlessText.line("the document could not be stored: \(error)"))
        }
        return document
    }

    private func keepExample(_ list: TracesList<TracesRequestRow>) async throws(PortalFailure) {
        guard !list.unknownFields.isEmpty else { return }
        do {
            try await reporter.setAside(
                StrayRecord(.requests, newFields: list.unknownFields, example: list.example))
        } catch {
            throw PortalFailure(.internal, HarmlessText.line("a record could not be set aside: \(error)"))
        }
    }
}
