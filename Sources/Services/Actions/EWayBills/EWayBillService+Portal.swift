import Domain
import Portals
import Store
import Wire

extension EWayBillService {
    /// Asks the e-way bill system how a bill stands and keeps the answer as evidence. Vehicles, extensions, cancellations
    /// and rejections that others entered become known by it.
    ///
    /// - Parameters:
    ///   - gstin: who asks, a party or the transporter; nil for the bill's maker, or the only one with an API user.
    ///   - provider: nil for the one that made the bill, where that reaches the system, else the usual one.
    /// - Throws: a `Complaint`: 65 when the system shows no such bill, 64 when it is not clear who asks, 75 when it is away.
    public func ask(
        _ text: String, gstin: Gstin? = nil, provider: String? = nil
    ) async throws(Complaint) -> ReadBill {
        let doer = try await workspace.permit(.act, on: gstin.map { "gst/\($0)" })
        let number = try Self.number(text)
        let kept = try await known(number)
        let asker: Gstin
        if let named = gstin ?? kept?.gstin { asker = named } else { asker = try onlyAsker() }
        let name: String
        if let kept, kept.gstin == asker {
            name = try workspace.maker(of: kept, named: provider)
        } else {
            name = try chosen(provider, .ewaybillVehicle, asker)
        }
        // What is confirmed while the system is asked may not stand in its answer.
        let began = workspace.now
        let answer = try await workspace.ask(name, for: asker, .ewaybillVehicle) { connector, order in
            await connector.bill(number.description, order)
        }.answer
        let now = workspace.now
        guard answer.event == .foundSame, let json = answer.result, answer.reference == number.description else {
            try await workspace.write { writer in
                let detail = AuditDetail.text([
                    "provider": name, "bill": number.description, "code": answer.code ?? "",
                ])
                try writer.recordEvent(
                    doer.event("ewaybill.get", "gst/\(asker)", outcome: answer.event.rawValue, detail: detail, at: now))
            }
            throw Self.complaint(answer, number, asker, name, workspace.moment)
        }
        let reading = BillReading(
            bill: number.description, gstin: asker, provider: name, readAt: began, readBy: doer.name, result: json,
            answerHash: ContentHash.sha256(answer.body ?? json))
        guard let bill = ReadBill(reading) else {
            throw Complaint("the answer of \(name) is not understood", status: .badData)
        }
        try await workspace.write { writer in
            try writer.keep(reading)
            try writer.note(bill.facts, askedAt: began)
            let detail = AuditDetail.text([
                "provider": name, "bill": number.description, "answer": reading.answerHash,
            ])
            try writer.recordEvent(
                doer.event("ewaybill.get", "gst/\(asker)", outcome: "found", detail: detail, at: now))
        }
        return bill
    }

    /// What the system showed the last time that somebody asked; nil when nobody did.
    public func read(_ text: String) async throws(Complaint) -> ReadBill? {
        try await workspace.permit(.see)
        let number = try Self.number(text)
        return try await workspace.read { try $0.billReading(number.description) }.flatMap { ReadBill($0) }
    }

    // MARK: Parts

    static func number(_ text: String) throws(Complaint) -> EWayBillNumber {
        if let number = EWayBillNumber(text.trimmed) { return number }
        throw Complaint(
            "\(HarmlessText.line(text, limit: 40)) is no e-way bill's number", why: "it has 12 digits",
            status: .badData)
    }

    private func onlyAsker() throws(Complaint) -> Gstin {
        if let only = try workspace.onlyUser(of: .ewb) { return only }
        throw Complaint(
            "it is not clear for whom the system is asked",
            why: "it shows a bill to its parties and its transporter", remedy: "Name one of them with --gstin",
            status: .usage)
    }

    private static func complaint(
        _ answer: ActionAnswer, _ number: EWayBillNumber, _ asker: Gstin, _ provider: String,
        _ moment: (Instant) -> String
    ) -> Complaint {
        guard answer.code.map({ NicCodes.ewbLook[$0] == .absent }) == true else {
            return .unanswered(answer, provider, "did not say how bill \(number) stands", moment)
        }
        return Complaint(
            "the e-way bill system shows no bill \(number) to \(asker)", why: "\(answer.code ?? "") \(answer.message)",
            remedy: "It shows a bill to its parties and its transporter: name one of them with --gstin",
            status: .badData)
    }
}
