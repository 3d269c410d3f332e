import Domain
import Transport
import Wire

/// What an answer of an invoice registration portal means for the action that was sent or looked for.
struct IrpReading: Sendable {
    let order: ActionOrder
    let nic: NicProfile
    let session: NicSession

    /// Where the authority is asked for what an action makes; nil when its payload does not tell.
    static func lookPath(_ order: ActionOrder, _ profile: ProviderProfile) -> String? {
        guard let fields = try? NicFields(order.payload) else { return nil }
        switch order.kind {
        case .einvoiceGenerate:
            guard let document = fields.fields("DocDtls"), let type = document.text("Typ"),
                let number = document.text("No"), let date = document.text("Dt")
            else { return nil }
            let values = ["type": type, "number": number.uppercased(), "date": date]
            return IrpPath.byDocument.text(values, profile)
        case .einvoiceCancel: return fields.text("Irn").map { IrpPath.byIrn.text(["irn": $0], profile) }
        case .ewaybillByIrn: return fields.text("Irn").map { IrpPath.eWayBillByIrn.text(["irn": $0], profile) }
        default: return nil
        }
    }

    // MARK: Answers to writes

    func sent(_ response: HTTPResponse) -> ActionAnswer {
        guard let answer = try? NicAnswer(response.body, style: nic.style) else {
            return lost("the answer is not understood", response)
        }
        guard answer.isSuccess else { return refused(answer, response) }
        guard let json = try? answer.opened(under: session.sek) else {
            return lost("the answer does not open with the session's key", response)
        }
        let response = readable(response, answer, json)
        guard let reference = reference(in: json) else { return lost("the answer lacks its number", response) }
        if let expected = order.expectedReference, expected != reference {
            // The IRN is the hash of what was sent: another one is an answer to something else.
            return lost("the portal answered with another number than was expected", response)
        }
        let signatures = order.kind == .einvoiceGenerate ? signatures(json) : nil
        if let other = signatures.flatMap(otherThing) {
            // The portal is asked what it holds; only a person takes another invoice for this one.
            return lost("the portal signed this document with another \(other) than was sent", response)
        }
        let warning = signatures?.warning(sent: order.payload)
        let message = [warning, remarks(answer)].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "; ")
        var told = with(response, ActionAnswer(.confirmed, message: message))
        (told.reference, told.result) = (reference, json)
        return told
    }

    private func refused(_ answer: NicAnswer, _ response: HTTPResponse) -> ActionAnswer {
        func told(_ event: OperationEvent, _ cause: Cause? = nil) -> ActionAnswer {
            refusal(answer, response, event, cause)
        }
        switch NicCodes.irp.together(Self.codes(answer)) {
        case .refused: return told(.refused)
        case .session:
            var again = told(.notSent, .sessionExpired)
            again.wantsSession = true
            return again
        case .later: return told(.notSent, .rateLimited)
        case .exists, .already, .over:
            var exists = told(.lost)
            exists.isTold = true
            exists.registrar = registrar(answer)
            return exists
        case .uncertain, .absent, .elsewhere, nil: return told(.lost, .portalChanged)
        }
    }

    // MARK: Answers to questions

    func found(_ response: HTTPResponse) -> ActionAnswer {
        opened(response) { IrpComparison(order: order, keys: nic.signingKeys).judge($0) }
    }

    /// An invoice as the portal holds it, not compared with anything and not verified.
    func shown(_ response: HTTPResponse) -> ActionAnswer {
        opened(response) { json in
            guard let found = try? IrnResult(json) else {
                return IrpComparison.Judgement(event: .lookFailed, message: "the answer is not understood")
            }
            return IrpComparison.Judgement(event: .foundSame, reference: found.irn, message: "")
        }
    }

    /// A taxpayer as the portal knows it: its status is the answer's reference.
    func taxpayer(_ response: HTTPResponse) -> ActionAnswer {
        opened(response) { json in
            guard let status = (try? NicFields(json))?.text("Status") else {
                return IrpComparison.Judgement(event: .lookFailed, message: "the answer is not understood")
            }
            return IrpComparison.Judgement(event: .foundSame, reference: status, message: "")
        }
    }

    private func opened(
        _ response: HTTPResponse, _ judge: ([UInt8]) -> IrpComparison.Judgement
    ) -> ActionAnswer {
        guard let answer = try? NicAnswer(response.body, style: nic.style) else {
            return failed("the answer is not understood", response)
        }
        guard answer.isSuccess else { return notFound(answer, response) }
        guard let json = try? answer.opened(under: session.sek) else {
            return failed("the answer does not open with the session's key", response)
        }
        let response = readable(response, answer, json)
        let judged = judge(json)
        var told = with(response, ActionAnswer(judged.event, message: judged.message))
        (told.reference, told.result) = (judged.reference, json)
        return told
    }

    private func notFound(_ answer: NicAnswer, _ response: HTTPResponse) -> ActionAnswer {
        func told(_ event: OperationEvent, _ cause: Cause? = nil) -> ActionAnswer {
            refusal(answer, response, event, cause)
        }
        switch NicCodes.seen(Self.codes(answer), by: NicCodes.irpLook) {
        // Of an invoice that stands, "no such invoice" proves nothing about what was asked of it.
        case .absent: return told(order.kind == .einvoiceCancel ? .lookFailed : .notFound)
        case .session:
            var again = told(.lookFailed, .sessionExpired)
            again.wantsSession = true
            return again
        // Older than what the portal shows, or held by another one: no proof of anything.
        case .elsewhere, .later, .refused, .uncertain, .exists, .already, .over, nil:
            return told(.lookFailed)
        }
    }

    // MARK: Parts

    /// One for each error; an empty one is of an error without a number, and means what nobody knows.
    private static func codes(_ answer: NicAnswer) -> [String] {
        answer.errors.flatMap { $0.code.isEmpty ? [""] : AnswerCodes.list($0.code) }
    }

    private func refusal(
        _ answer: NicAnswer, _ response: HTTPResponse, _ event: OperationEvent, _ cause: Cause?
    ) -> ActionAnswer {
        let message = answer.errors.map { HarmlessText.line($0.message, limit: 200) }.joined(separator: "; ")
        var told = with(response, ActionAnswer(event, message: message, cause: cause))
        told.codes = Self.codes(answer).filter { !$0.isEmpty }
        return told
    }

    /// Who holds it, when that is another portal. Nobody knows where to look when it is not named.
    private func registrar(_ answer: NicAnswer) -> String? {
        guard Self.codes(answer).contains(NicCodes.elsewhere) else { return nil }
        for case .duplicateElsewhere(let found) in answer.infos { return found.registrar ?? "another portal" }
        return "another portal"
    }

    private func reference(in json: [UInt8]) -> String? {
        switch order.kind {
        case .einvoiceGenerate: (try? IrnResult(json))?.irn
        case .einvoiceCancel: (try? IrnCancellation(json))?.irn
        case .ewaybillByIrn: (try? EwbResult(json))?.number
        default: nil
        }
    }

    /// What the portal signed otherwise than it was sent, of what makes an invoice the same; nil where nothing is, or where
    /// the signature does not fit and proves nothing.
    private func otherThing(_ signatures: IrpSignatures) -> String? {
        guard case .success(let facts) = signatures.invoice, let sent = InvoiceJSON.read(order.payload).value else {
            return nil
        }
        return SignedDifference.first(of: facts, sent, .identity)?.name
    }

    /// What the portal signed of a registered invoice, each text verified once.
    private func signatures(_ json: [UInt8]) -> IrpSignatures? {
        (try? IrnResult(json)).map { IrpSignatures($0, keys: nic.signingKeys) }
    }

    private func remarks(_ answer: NicAnswer) -> String {
        let told = answer.infos.compactMap { info -> String? in
            switch info {
            case .ewbRefused(let errors):
                "no e-way bill was made: " + errors.map { "\($0.code) \($0.message)" }.joined(separator: "; ")
            case .distance(_, let text), .ewbAlert(let text), .vehicle(let text), .additional(let text): text
            case .duplicate, .duplicateElsewhere, .other: nil
            }
        }
        return HarmlessText.line((told + [answer.alert].compactMap(\.self)).joined(separator: "; "), limit: 300)
    }

    private func readable(_ response: HTTPResponse, _ answer: NicAnswer, _ json: [UInt8]) -> HTTPResponse {
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
