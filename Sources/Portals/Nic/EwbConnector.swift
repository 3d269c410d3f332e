import Domain
import Transport
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
        let isElsewhere = !order.told.isDisjoint(with: NicCodes.otherSite(order.kind))
        let answer = await connection.tell(order, path(of: action), base: isElsewhere ? otherSite : nil) { session in
            guard let sek = session.sek else { return order.payload }
            return try NicRequest.body(action, order.payload, under: sek)
        } _: { response, session in
            EwbReading(order: order, session: session).sent(response)
        }
        return toOtherSite(answer, order, isElsewhere)
    }

    /// A GSP that does the cryptography is told the action in the address, and nothing is wrapped around the request
    /// (facts: nic-einvoice-ewb 2.6).
    private func path(of action: Nic.Action) -> String {
        connection.tokens == nil ? Nic.EwbPath.api : "\(Nic.EwbPath.api)?action=\(action.rawValue)"
    }

    // MARK: The other site

    private var otherSite: String? { connection.profile.urls[Self.otherSiteName] }

    /// Among the addresses of a provider file.
    public static let otherSiteName = "other_site"

    private static func isOfOtherSite(_ answer: ActionAnswer, _ order: ActionOrder) -> Bool {
        !answer.codes.isEmpty && answer.codes.allSatisfy(NicCodes.otherSite(order.kind).contains)
    }

    /// Most changes belong to the site that made the bill, and the wrong one does nothing (facts: nic-einvoice-ewb 7.4, 8).
    private func toOtherSite(_ answer: ActionAnswer, _ order: ActionOrder, _ isElsewhere: Bool) -> ActionAnswer {
        guard answer.event == .refused, Self.isOfOtherSite(answer, order) else { return answer }
        var answer = answer
        if otherSite == nil {
            answer.message +=
                "; set urls.\(Self.otherSiteName) in the file of \(connection.profile.name) to its address and ask again"
        } else if isElsewhere {
            answer.message += "; so said the other site, too"
        } else {
            (answer.event, answer.isMended) = (.notSent, true)
            answer.message += "; it goes there"
        }
        return answer
    }

    /// A question, asked of the other site where this one says that it has the bill.
    private func ask(
        _ order: ActionOrder, _ path: String, _ read: @Sendable (HTTPResponse, NicSession) -> ActionAnswer
    ) async -> ActionAnswer {
        let answer = await connection.ask(order, path, read)
        guard let otherSite, Self.isOfOtherSite(answer, order) else { return answer }
        return await connection.ask(connection.timely(order), path, base: otherSite, read)
    }

    // MARK: Questions

    public func look(_ order: ActionOrder) async -> ActionAnswer {
        if order.kind == .ewaybillConsolidate { return await lookAtBills(order) }
        guard let path = EwbReading.lookPath(order) else {
            return ActionAnswer(.lookFailed, message: "there is no call that tells", cause: .internal)
        }
        let answer = await ask(order, path) { response, session in
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
            let listed = await ask(connection.timely(order), Nic.EwbPath.bills(date: DocumentDate.text(day))) {
                EwbReading(order: order, session: $1).listed($0)
            }
            if listed.event == .notFound { continue }
            guard listed.event == .foundSame,
                let numbers = listed.result.flatMap({ EwbReading.candidates($0, order) })
            else { return listed }
            for number in numbers {
                let found = await ask(connection.timely(order), Nic.EwbPath.bill(number)) {
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
            last = await ask(connection.timely(order), Nic.EwbPath.bill(number)) { response, session in
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
        await ask(order, Nic.EwbPath.bill(number)) { response, session in
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
