import Crypto
import Domain
import Wire

extension GstnSystem {
    private func shown(_ account: DemoAccount, _ outcome: MagicOutcome, ordinal: Int) -> [SandboxNotice] {
        var account = account
        account.outcome = outcome
        // What the portal no longer shows is simply not in its list.
        return book.notices(of: account, ordinal: ordinal).filter {
            $0.notice.place == Place.notices.rawValue && $0.notice.withdrawn != true
        }
    }

    func notices(
        _ request: SandboxRequest, _ session: GstnState.Session, _ account: DemoAccount, _ outcome: MagicOutcome
    ) throws(Refusal) -> SandboxAnswer {
        if outcome == .portalChanged { return try sealed(Array(#"{"d":{"results":[]}}"#.utf8), session) }
        guard let from = request.query["date"].flatMap(Self.day) else {
            throw Refusal("RET13511", "Invalid date format")
        }
        let ordinal = listNumber(account, from)
        let rows = shown(account, outcome, ordinal: ordinal).filter { notice in
            guard let issued = LegalDate(notice.notice.issueDate ?? "") else { return true }
            return dateIsOneDay ? issued == from : issued >= from
        }
        if dateIsOneDay, rows.isEmpty { throw Refusal("SWEB_9035", "No records found") }
        var list = rows.map(Self.row)
        if outcome == .strayRecord, !list.isEmpty { list[0].dateOfRespond = "soon" }
        guard let json = try? WireJSON.encode(GstnNoticeList(notices: list)) else {
            throw Refusal("TEC4001", "Technical error")
        }
        var text = String(decoding: json, as: UTF8.self)
        if outcome == .unknownField {
            text = text.replacing("\"refId\":", with: "\"officerMood\":\"calm\",\"refId\":")
        }
        if outcome == .strayRecord, !rows.isEmpty {
            text = text.replacing("{\"notices\":[", with: "{\"notices\":[{\"refId\":7,\"alertCd\":\"NEW\"},")
        }
        var answer = try sealed(Array(text.utf8), session)
        answer.completes[.notices] = rows.count
        if outcome == .dropAfterHeaders { answer.delivery = .cutAfterHeaders }
        return answer
    }

    /// Who asks for each day of a year has asked for one list.
    private func listNumber(_ account: DemoAccount, _ day: LegalDate) -> Int {
        let name = "list \(account.identity)"
        guard dateIsOneDay, day < LegalDate.inIndia(now()) else { return state.count(name) }
        return max(state.seen(name), 1)
    }

    private static func reference(_ notice: SandboxNotice) -> String {
        notice.notice.referenceId ?? notice.notice.externalKey
    }

    private static func row(_ notice: SandboxNotice) -> GstnNoticeRow {
        GstnNoticeRow(
            refId: reference(notice),
            arn: arn(notice.notice), moduleCd: "ADJ",
            // What alerts are called is not public; only that it is no form, which the detail names.
            alertCd: "ADJ_\(notice.notice.formType == nil ? "LETTER" : "NOTICE")",
            dateOfIssue: notice.notice.issueDate.flatMap(LegalDate.init(_:)).map(Self.text) ?? "NA",
            dateOfRespond: notice.notice.dueDate.flatMap(LegalDate.init(_:)).map(Self.text) ?? "NA")
    }

    /// Cases of litigation are numbered AD, the others AA; the check character is the GSTIN's (facts: gstn-taxpayer 3.6).
    private static func arn(_ notice: BridgeNotice) -> String {
        let isLitigation = (notice.formType ?? "").hasPrefix("DRC") || (notice.formType ?? "").hasPrefix("ASMT")
        let body = Array(((isLitigation ? "AD" : "AA") + (notice.referenceId ?? "").dropFirst(2).dropLast(1)).utf8)
        return String(decoding: body + [CheckCharacter.of(body)], as: UTF8.self)
    }

    func detail(
        _ request: SandboxRequest, _ session: GstnState.Session, _ account: DemoAccount, _ outcome: MagicOutcome
    ) throws(Refusal) -> SandboxAnswer {
        let notice = try find(request.query["refId"], account, outcome)
        var answer = GstnNoticeDetail()
        let row = Self.row(notice)
        answer.arn = row.arn
        answer.dateOfIssue = row.dateOfIssue
        answer.noticeType = notice.notice.formType.map { $0.filter { $0 != "-" } }
        answer.dueDateOfReply = row.dateOfRespond
        if let month = notice.notice.period?.month, let name = Self.monthName(month) {
            let year = String(month.suffix(4))
            answer.taxPeriod = .init(fromMonth: name, fromYear: year, toMonth: name, toYear: year)
        }
        let isEmpty: Bool
        if outcome == .emptyThenFull {
            isEmpty = state.count("detail \(notice.notice.id)") <= 2
        } else {
            isEmpty = false
        }
        let documents = notice.documents.map { document in
            GstnNoticeDetail.Document(
                .init(
                    ct: "application/pdf", docName: document.name, hash: document.entry.sha256, id: document.id,
                    ty: "ENFS"))
        }
        answer.maindocs = isEmpty ? [] : Array(documents.prefix(1))
        answer.suppdocs = isEmpty ? [] : Array(documents.dropFirst())
        guard let json = try? WireJSON.encode(answer) else { throw Refusal("TEC4001", "Technical error") }
        return try sealed(Self.spoilt(json, outcome, isLast: isLast(notice, account, outcome)), session)
    }

    /// A detail with what nobody knows, where the outcome wants that.
    private static func spoilt(_ json: [UInt8], _ outcome: MagicOutcome, isLast: Bool) -> [UInt8] {
        switch outcome {
        case .unknownField:
            Array("{\"officerHat\":\"grey\",".utf8) + json.dropFirst()
        case .strayRecord where isLast:
            Array(#"{"arn":"AA0","maindocs":"soon"}"#.utf8)
        default: json
        }
    }

    private func isLast(_ notice: SandboxNotice, _ account: DemoAccount, _ outcome: MagicOutcome) -> Bool {
        let all = shown(account, outcome, ordinal: max(state.seen("list \(account.identity)"), 1))
        return all.last?.notice.id == notice.notice.id
    }

    func document(
        _ request: SandboxRequest, _ session: GstnState.Session, _ account: DemoAccount, _ outcome: MagicOutcome
    ) throws(Refusal) -> SandboxAnswer {
        let id = request.query["docId"] ?? ""
        let notice = try find(nil, account, outcome, holding: id)
        guard let document = notice.documents.first(where: { $0.id == id }) else {
            throw Refusal("RET13510", "No record")
        }
        if outcome == .sessionExpiredMidway, state.count("midway \(account.identity)") == 1 {
            state.close(session.token)
            throw Refusal("AUTH4033", "Invalid session")
        }
        var bytes = document.bytes
        if outcome == .wrongHash { bytes.append(UInt8(ascii: "!")) }
        let answer = GstnDocument(ct: "application/pdf", data: Base64.text(bytes), name: document.name)
        guard let json = try? WireJSON.encode(answer) else { throw Refusal("TEC4001", "Technical error") }
        return try sealed(json, session)
    }

    private func find(
        _ reference: String?, _ account: DemoAccount, _ outcome: MagicOutcome, holding document: String? = nil
    ) throws(Refusal) -> SandboxNotice {
        // As of the latest list, which a detail is asked for after.
        let all = shown(account, outcome, ordinal: max(state.seen("list \(account.identity)"), 1))
        let found = all.first { notice in
            document.map { id in notice.documents.contains { $0.id == id } }
                ?? (Self.reference(notice) == reference)
        }
        guard let found else { throw Refusal("RET13510", "No record") }
        return found
    }

    static func text(_ day: LegalDate) -> String { DocumentDate.text(day) }

    private static func day(_ text: String) -> LegalDate? {
        let parts = text.split { $0 == "/" || $0 == "-" }.compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        return LegalDate(text) ?? LegalDate(year: parts[2], month: parts[1], day: parts[0])
    }

    private static func monthName(_ period: String) -> String? {
        let names = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        return Int(period.prefix(2)).flatMap { (1...12).contains($0) ? names[$0 - 1] : nil }
    }
}
