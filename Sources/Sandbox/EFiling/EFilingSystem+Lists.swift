import Domain
import FoundationEssentials
import Wire

extension EFilingSystem {
    func listProceedings(_ asked: EFilingRequest, _ caller: Caller) async -> SandboxAnswer {
        guard let place = Self.place(asked), let page = asked.pageConfig, page.pageNo >= 1, page.pageSize >= 1 else {
            return SandboxAnswer(status: 400, page: "Bad Request")
        }
        await dawdle(caller.account)
        switch caller.account.outcome {
        case .portalChanged:
            return SandboxAnswer(
                status: 200, body: Array(#"{"d":{"rows":"<table class=new>\u001b[31mmoved</table>"}}"#.utf8))
        case .neverEnds: try? await Task.sleep(for: .seconds(3_600))
        default: break
        }
        let entries = caller.shelf.entries(in: place)
        let rows = entries.map(\.row)
        let size = min(page.pageSize, 100)
        var start = (page.pageNo - 1) * size
        // The row that ended one page begins the next: what happens when the list grows while it is read.
        if caller.account.outcome == .cursorRepeats { start -= page.pageNo - 1 }
        var answer = Self.json(EFilingProceedings(Array(rows.dropFirst(start).prefix(size))))
        if start + size >= rows.count {
            answer.completes[place] = entries.reduce(0) { $0 + $1.count }
        }
        if caller.account.outcome == .unknownField { answer.body = Self.withUnknownField(answer.body) }
        if caller.account.outcome == .dropAfterHeaders { answer.delivery = .cutAfterHeaders }
        return answer
    }

    private static func place(_ asked: EFilingRequest) -> Place? {
        switch (asked.prcdngTypeFlag, asked.prcdngStatusFlag) {
        case ("self", "FYA"): .selfFya
        case ("self", "FYI"): .selfFyi
        case ("thirdParty", "FYA"): .thirdPartyFya
        case ("thirdParty", "FYI"): .thirdPartyFyi
        default: nil
        }
    }

    private static func withUnknownField(_ body: [UInt8]) -> [UInt8] {
        let text = String(decoding: body, as: UTF8.self)
        let rows = text.split(separator: "[{", maxSplits: 1, omittingEmptySubsequences: false)
        guard rows.count == 2 else { return body }
        return Array(
            "\(rows[0])[{\"proceedingName\":\"Without a number\"},{\"colourOfTheFile\":\"pink\",\(rows[1])".utf8)
    }

    func listNotices(_ asked: EFilingRequest, _ caller: Caller) -> SandboxAnswer {
        guard let entry = caller.shelf.find(asked.proceedingReqId) else { return Self.notFound }
        var rows = entry.notices.map(\.row)
        if caller.account.outcome == .strayRecord, !rows.isEmpty { rows[0].responseDueDate = "soon" }
        return Self.json(EFilingNotices(rows))
    }

    func letter(_ asked: EFilingRequest, _ caller: Caller) -> SandboxAnswer {
        guard let notice = find(asked, caller) else { return Self.notFound }
        let files = notice.letters
        if caller.account.outcome == .emptyThenFull,
            sessions.count("letter \(caller.token) \(notice.id)") <= 2
        {
            return Self.json(EFilingLetter(satDocId: nil, docNam: nil, docMap: [:]))
        }
        let names = files.map { (String($0.id), LooseText($0.name) as LooseText?) }
        // The document that is named alone is the last of the set: with several it is not the notice.
        return Self.json(
            EFilingLetter(
                satDocId: files.last.map { LooseText($0.id) }, docNam: files.last?.name,
                docMap: Dictionary(names, uniquingKeysWith: { first, _ in first })))
    }

    func listReplies(_ asked: EFilingRequest, _ caller: Caller) -> SandboxAnswer {
        guard let notice = find(asked, caller) else { return Self.notFound }
        return Self.json(EFilingReplies(notice.replies.map(\.row)))
    }

    /// The notice that a request means; services differ in whether they name the proceeding too.
    private func find(_ asked: EFilingRequest, _ caller: Caller) -> EFilingEntry.Notice? {
        for entry in caller.shelf.entries where asked.procdngReqId == nil || entry.id == asked.procdngReqId {
            if let notice = entry.notice(asked.headerSeqNo) { return notice }
        }
        return nil
    }

    func closure(_ asked: EFilingRequest, _ caller: Caller) -> SandboxAnswer {
        guard let entry = caller.shelf.find(asked.procdngReqId) else { return Self.notFound }
        let documents = entry.orders.map { EFilingClosureDocument(satDocId: LooseText($0.id), docNam: $0.name) }
        return Self.json(
            EFilingClosure(proceeding: entry.id, sequence: entry.row.proceedingClosureOrder?.text, documents: documents)
        )
    }

    func listDemands(_ caller: Caller) async -> SandboxAnswer {
        await dawdle(caller.account)
        if caller.account.outcome == .placeFailed { return SandboxAnswer(status: 504, page: "Gateway Time-out") }
        var answer = Self.json(EFilingDemands(caller.shelf.demands))
        answer.completes[.setOff245] = caller.shelf.demands.count { $0.sectionCode == "245" }
        answer.completes[.demand] = caller.shelf.demands.count { $0.sectionCode != "245" }
        return answer
    }

    func listReturns(_ caller: Caller) async -> SandboxAnswer {
        await dawdle(caller.account)
        var answer = Self.json(EFilingReturns(caller.shelf.returns))
        answer.completes[.returns] = caller.shelf.returns.count
        return answer
    }

    private func dawdle(_ account: DemoAccount) async {
        let milliseconds = slowPlace ?? (account.outcome == .slow ? 8_000 : 0)
        if milliseconds > 0 { try? await Task.sleep(for: .milliseconds(milliseconds)) }
    }

    // MARK: Files

    func file(_ id: String, _ caller: Caller) -> SandboxAnswer {
        if caller.account.outcome == .sessionExpiredMidway, caller.ordinal % 2 == 1 {
            sessions.end(caller.token)
            return Self.sessionOver
        }
        return caller.shelf.file(id)?.answer ?? Self.notFound
    }

    func order(_ asked: EFilingRequest, _ caller: Caller) -> SandboxAnswer {
        guard let path = asked.order.flatMap({ Data(base64Encoded: $0) }) else { return Self.notFound }
        return caller.shelf.order(path: String(decoding: path, as: UTF8.self))?.answer ?? Self.notFound
    }
}
