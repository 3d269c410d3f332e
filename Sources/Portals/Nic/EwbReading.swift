import Domain
import FoundationEssentials
import Transport
import Wire

/// What an answer of the e-way bill system means for the action that was sent or looked for.
struct EwbReading: Sendable {
    let order: ActionOrder
    let session: NicSession

    static func lookPath(_ order: ActionOrder) -> String? {
        guard let fields = try? NicFields(order.payload) else { return nil }
        switch order.kind {
        case .ewaybillGenerate:
            guard let type = fields.text("docType"), let number = fields.text("docNo") else { return nil }
            return Nic.EwbPath.bill(documentType: type, number: number)
        case .ewaybillVehicle, .ewaybillExtend, .ewaybillTransporter, .ewaybillCancel:
            return fields.text("ewbNo").map { Nic.EwbPath.bill($0) }
        default: return nil
        }
    }

    /// The days on which a bill may have been made by what we sent, the newest first; a week at most.
    static func days(_ order: ActionOrder) -> [LegalDate] {
        guard let asked = order.before.asked else { return [] }
        let (first, last) = (LegalDate.inIndia(asked.lowerBound), LegalDate.inIndia(asked.upperBound))
        return (0..<7).map { last.adding(days: -$0) }.filter { $0 >= first }
    }

    /// Where the first of the bills that are put together stands: something to ask for where the whole cannot be.
    static func firstBillPath(_ order: ActionOrder) -> String? {
        guard let fields = try? NicFields(order.payload) else { return nil }
        return fields.list("tripSheetEwbBills").first?.text("ewbNo").map { Nic.EwbPath.bill($0) }
    }

    // MARK: Answers to writes

    func sent(_ response: HTTPResponse) -> ActionAnswer {
        guard let answer = try? EwbAnswer(response.body) else { return lost("the answer is not understood", response) }
        guard answer.isSuccess else { return refused(answer, response) }
        guard let opened = try? answer.opened(under: session.sek) else {
            return lost("the answer does not open with the session's key", response)
        }
        let response = readable(response, answer, opened.json)
        guard let reference = reference(in: opened.json) else {
            return lost("the answer lacks its number", response)
        }
        // Its rule was never checked against NIC itself, so it decides nothing.
        let doubt = opened.isHmacRight == false ? [Self.badHmac] : []
        let remarks = (doubt + answer.remarks).joined(separator: "; ")
        var told = with(response, ActionAnswer(.confirmed, message: HarmlessText.line(remarks, limit: 300)))
        (told.reference, told.result) = (reference, opened.json)
        return told
    }

    private static let badHmac = "warning: the answer's HMAC does not fit"

    private func refused(_ answer: EwbAnswer, _ response: HTTPResponse) -> ActionAnswer {
        let codes = answer.error?.codes ?? []
        func told(_ event: OperationEvent, _ cause: Cause? = nil) -> ActionAnswer {
            var told = with(
                response, ActionAnswer(event, message: HarmlessText.line(EwbCodeWords.text(answer.error), limit: 300)))
            (told.codes, told.cause) = (codes, cause)
            return told
        }
        guard let meaning = NicCodes.ewb.together(codes) else { return told(.lost, .portalChanged) }
        switch meaning {
        case .refused: return told(.refused)
        case .session:
            var again = told(.notSent, .sessionExpired)
            again.wantsSession = true
            return again
        case .later:
            var later = told(.notSent, .rateLimited)
            later.retryAfter = .seconds(300)
            return later
        // Each request makes another consolidated bill, so the state of a bill that is in it refuses it.
        case .already where order.kind == .ewaybillConsolidate: return told(.refused)
        case .over where order.kind == .ewaybillConsolidate: return told(.refused)
        case .exists, .already, .over:
            var exists = told(.lost)
            exists.isTold = true
            return exists
        case .uncertain, .absent, .elsewhere: return told(.lost)
        }
    }

    // MARK: Answers to questions

    func found(_ response: HTTPResponse) -> ActionAnswer {
        opened(response) { detail in
            guard let sent = try? NicFields(order.payload) else {
                return EwbComparison.Judgement(event: .lookFailed, message: "the request is not understood")
            }
            return EwbComparison(order: order, sent: sent).judge(detail)
        }
    }

    /// A bill as it stands, not compared with anything.
    func shown(_ response: HTTPResponse) -> ActionAnswer {
        opened(response) { EwbComparison.Judgement(event: .foundSame, reference: $0.number, message: "") }
    }

    /// Whether a day's list holds bills that may be the one of this document; `candidates` names them.
    func listed(_ response: HTTPResponse) -> ActionAnswer {
        opened(response) { json in
            guard let found = Self.candidates(json, order) else { return nil }
            guard !found.isEmpty else {
                return EwbComparison.Judgement(event: .notFound, message: "the day's list does not hold it either")
            }
            return EwbComparison.Judgement(event: .foundSame, message: "")
        }
    }

    /// Numbers of the bills in a day's list that have the document's number and day: one of the other party, or of another
    /// type of document, may be among them. nil for what is no list.
    static func candidates(_ json: [UInt8], _ order: ActionOrder) -> [String]? {
        guard let rows = try? EwbListing.all(json), let sent = try? NicFields(order.payload) else { return nil }
        let document = sent.text("docNo")?.uppercased()
        let own = rows.filter { row in
            row.documentNumber?.uppercased() == document
                && (row.documentDate == nil || row.documentDate == sent.date("docDate"))
                && !order.cannotBeOurs(row.number, madeAt: row.madeAt)
        }
        return own.map(\.number)
    }

    /// Whether a bill that was read belongs to another type of document under the same number.
    static func isOfAnotherDocument(_ answer: ActionAnswer, _ order: ActionOrder) -> Bool {
        guard let type = answer.result.flatMap({ try? EwbDetail($0) })?.documentType,
            let sent = (try? NicFields(order.payload))?.text("docType")
        else { return false }
        return type.uppercased() != sent.uppercased()
    }

    private func opened(
        _ response: HTTPResponse, _ judge: (EwbDetail) -> EwbComparison.Judgement
    ) -> ActionAnswer {
        opened(response) { json in (try? EwbDetail(json)).map(judge) }
    }

    /// - Parameter judge: nil for what it does not understand.
    private func opened(
        _ response: HTTPResponse, _ judge: ([UInt8]) -> EwbComparison.Judgement?
    ) -> ActionAnswer {
        guard let answer = try? EwbAnswer(response.body) else {
            return failed("the answer is not understood", response)
        }
        guard answer.isSuccess else { return notFound(answer, response) }
        guard let opened = try? answer.opened(under: session.sek) else {
            return failed("the answer does not open with the session's key", response)
        }
        let response = readable(response, answer, opened.json)
        guard let judged = judge(opened.json) else { return failed("the answer is not understood", response) }
        let remarks = [judged.message, opened.isHmacRight == false ? Self.badHmac : ""].filter { !$0.isEmpty }
        var told = with(response, ActionAnswer(judged.event, message: remarks.joined(separator: "; ")))
        (told.reference, told.result) = (judged.reference, opened.json)
        return told
    }

    private func notFound(_ answer: EwbAnswer, _ response: HTTPResponse) -> ActionAnswer {
        let codes = answer.error?.codes ?? []
        func told(_ event: OperationEvent, _ cause: Cause? = nil) -> ActionAnswer {
            var told = with(
                response, ActionAnswer(event, message: HarmlessText.line(EwbCodeWords.text(answer.error), limit: 300)))
            (told.codes, told.cause) = (codes, cause)
            return told
        }
        switch NicCodes.seen(codes, by: NicCodes.ewbLook) {
        // Of a bill that stands, "no such bill" proves nothing about what was asked of it.
        case .absent: return told(order.kind == .ewaybillGenerate ? .notFound : .lookFailed)
        case .session:
            var again = told(.lookFailed, .sessionExpired)
            again.wantsSession = true
            return again
        default: return told(.lookFailed)
        }
    }

    // MARK: Parts

    private func reference(in json: [UInt8]) -> String? {
        switch order.kind {
        case .ewaybillGenerate: return (try? EwbResult(json))?.number
        case .ewaybillConsolidate: return (try? EwbConsolidated(json))?.number
        default:
            guard let change = try? EwbChange(json) else { return nil }
            // Some answers do not repeat the number that they are about.
            return change.number ?? (try? NicFields(order.payload))?.text("ewbNo")
        }
    }

    private func readable(_ response: HTTPResponse, _ answer: EwbAnswer, _ json: [UInt8]) -> HTTPResponse {
        NicEvidence.readable(response, sealed: session.sek == nil ? nil : answer.data?.text, opened: json)
    }

    private func lost(_ message: String, _ response: HTTPResponse) -> ActionAnswer {
        with(response, ActionAnswer(.lost, message: message, cause: .portalChanged))
    }

    private func failed(_ message: String, _ response: HTTPResponse) -> ActionAnswer {
        with(response, ActionAnswer(.lookFailed, message: message, cause: .portalChanged))
    }

    private func with(_ response: HTTPResponse, _ answer: ActionAnswer) -> ActionAnswer {
        var answer = answer
        (answer.status, answer.body) = (response.status, response.body)
        return answer
    }
}
