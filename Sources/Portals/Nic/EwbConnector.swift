import Domain
import Wire

/// Carries out actions at the e-way bill system (facts: nic-einvoice-ewb 1.7, 3.3).
public final class EwbConnector: ActionConnector {
    private let connection: NicConnection

    public init(
        profile: ProviderProfile, client: PortalClient, keeper: any NicSessionKeeper, certificates: CertificateSource,
        now: @escaping @Sendable () -> Instant
    ) {
        connection = NicConnection(
            profile: profile, client: client, keeper: keeper, certificates: certificates, now: now)
    }

    public func prepare(_ order: ActionOrder) async throws(PortalFailure) { try await connection.prepare(order) }

    public func call(_ kind: OperationKind, _ purpose: OperationAttempt.Purpose) -> String {
        switch purpose {
        case .send: "POST ewayapi \(Self.action(kind)?.rawValue ?? "")"
        case .look: kind == .ewaybillGenerate ? "GET GetEwayBillGeneratedByConsigner" : "GET GetEwayBill"
        case .login: "POST auth"
        }
    }

    static func action(_ kind: OperationKind) -> Nic.Action? {
        switch kind {
        case .ewaybillGenerate: .generate
        case .ewaybillVehicle: .vehicle
        case .ewaybillExtend: .extend
        case .ewaybillTransporter: .transporter
        case .ewaybillCancel: .cancel
        case .ewaybillConsolidate: .consolidate
        case .einvoiceGenerate, .einvoiceCancel, .ewaybillByIrn: nil
        }
    }

    public func send(_ order: ActionOrder) async -> ActionAnswer {
        guard let action = Self.action(order.kind) else { return Self.unknownKind }
        return await connection.tell(order, Nic.EwbPath.api) { session in
            guard let sek = session.sek else {
                throw PortalFailure(.internal, "the e-way bill system is not reached through a GSP that encrypts")
            }
            return try NicRequest.body(action, order.payload, under: sek)
        } _: { response, session in
            EwbReading(order: order, session: session).sent(response)
        }
    }

    public func look(_ order: ActionOrder) async -> ActionAnswer {
        if order.kind == .ewaybillConsolidate { return await lookAtBills(order) }
        guard let path = EwbReading.lookPath(order) else {
            return ActionAnswer(.lookFailed, message: "there is no call that tells", cause: .internal)
        }
        let answer = await connection.ask(order, path) { response, session in
            EwbReading(order: order, session: session).found(response)
        }
        guard order.kind == .ewaybillGenerate, answer.event == .notFound else { return answer }
        return await lookThroughDays(order) ?? answer
    }

    /// The question by document knows bills of the consignor; a bill of goods that come in stands in the list of the day
    /// alone, and only after both is nothing there (facts: nic-einvoice-ewb 7.5).
    ///
    /// - Returns: nil when none of the days holds it; what is another one under its number only where none is it.
    private func lookThroughDays(_ order: ActionOrder) async -> ActionAnswer? {
        var other: ActionAnswer?
        for day in EwbReading.days(order) {
            let listed = await connection.ask(timely(order), Nic.EwbPath.bills(date: DocumentDate.text(day))) {
                EwbReading(order: order, session: $1).listed($0)
            }
            if listed.event == .notFound { continue }
            guard listed.event == .foundSame,
                let numbers = listed.result.flatMap({ EwbReading.candidates($0, order) })
            else { return listed }
            for number in numbers {
                let found = await connection.ask(timely(order), Nic.EwbPath.bill(number)) {
                    EwbReading(order: order, session: $1).found($0)
                }
                switch found.event {
                case _ where EwbReading.isOfAnotherDocument(found, order): continue
                case .notFound: continue
                case .foundOther: other = other ?? found
                default: return found
                }
            }
        }
        return other
    }

    /// The order with the time of a call of its own.
    private func timely(_ order: ActionOrder) -> ActionOrder {
        var one = order
        one.deadline = .now + connection.profile.timeouts.request
        return one
    }

    /// A consolidated bill has no call of its own: its bills are read one by one until one cannot be read. What is kept
    /// are the answers about all of them.
    private func lookAtBills(_ order: ActionOrder) async -> ActionAnswer {
        guard let sent = try? NicFields(order.payload) else {
            return ActionAnswer(.lookFailed, message: "there is no call that tells", cause: .internal)
        }
        let comparison = EwbTripComparison(sent: sent, before: order.before)
        var last = ActionAnswer(.lookFailed)
        var (seen, answers): ([EwbDetail], [[UInt8]]) = ([], [])
        for number in comparison.bills {
            last = await connection.ask(timely(order), Nic.EwbPath.bill(number)) { response, session in
                EwbReading(order: order, session: session).shown(response)
            }
            if let body = last.body { answers.append(body) }
            guard last.event == .foundSame, let bill = last.result.flatMap({ try? EwbDetail($0) }) else {
                (last.body, last.result) = (NicEvidence.together(answers), nil)
                return last
            }
            seen.append(bill)
        }
        let judged = comparison.judge(seen.map(comparison.candidates))
        (last.event, last.reference, last.message) = (judged.event, judged.reference, judged.message)
        last.body = NicEvidence.together(answers)
        last.result = judged.reference.map { EwbConsolidated.json($0, of: comparison.bills, in: seen) }
        return last
    }

    public func bill(_ number: String, _ order: ActionOrder) async -> ActionAnswer {
        await connection.ask(order, Nic.EwbPath.bill(number)) { response, session in
            EwbReading(order: order, session: session).shown(response)
        }
    }

    public func probe(_ order: ActionOrder) async {
        guard let path = EwbReading.lookPath(order) ?? EwbReading.firstBillPath(order) else { return }
        _ = await connection.ask(order, path) { response, session in
            EwbReading(order: order, session: session).found(response)
        }
    }

    private static let unknownKind = ActionAnswer(
        .lookFailed, message: "the e-way bill system does not do this", cause: .internal)
}
