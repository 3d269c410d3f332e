import Domain
import Transport
import Wire

/// Carries out actions at an invoice registration portal: directly, or through a GSP that passes NIC's wire on
/// (facts: nic-einvoice-ewb 3.1, 3.2).
public final class IrpConnector: ActionConnector {
    private let connection: NicConnection
    private let nic: NicProfile

    public init(
        profile: ProviderProfile, client: PortalClient, keeper: any NicSessionKeeper, certificates: CertificateSource,
        now: @escaping @Sendable () -> Instant
    ) {
        connection = NicConnection(
            profile: profile, client: client, keeper: keeper, certificates: certificates, now: now)
        nic = profile.nic ?? NicProfile()
    }

    public func prepare(_ order: ActionOrder) async throws(PortalFailure) {
        let missing = connection.profile.missingPaths(for: order.kind)
        guard missing.isEmpty else {
            throw PortalFailure(
                .noApiAccess, "the provider's file lacks \(missing.joined(separator: " and ")); nothing was sent")
        }
        try await connection.prepare(order)
    }

    public func call(_ kind: OperationKind, _ purpose: OperationAttempt.Purpose) -> String {
        switch (kind, purpose) {
        case (.einvoiceGenerate, .send): "POST Invoice"
        case (.einvoiceGenerate, .look): "GET Invoice/irnbydocdetails"
        case (.einvoiceCancel, .send): "POST Invoice/Cancel"
        case (.einvoiceCancel, .look): "GET Invoice/irn"
        case (.ewaybillByIrn, .send): "POST ewaybill"
        case (.ewaybillByIrn, .look): "GET ewaybill/irn"
        default: ""
        }
    }

    public func send(_ order: ActionOrder) async -> ActionAnswer {
        let path: IrpPath? =
            switch order.kind {
            case .einvoiceGenerate: .invoice
            case .einvoiceCancel: .cancel
            case .ewaybillByIrn: .eWayBill
            default: nil
            }
        guard let path else { return Self.unknownKind }
        let answer = await connection.tell(
            order, path.text([:], connection.profile), headers: path == .invoice ? [:] : sister(for: order)
        ) { session in
            guard let sek = session.sek else { return order.payload }
            return try NicRequest.body(order.payload, under: sek)
        } _: { [nic] response, session in
            IrpReading(order: order, nic: nic, session: session).sent(response)
        }
        guard answer.event == .refused, !answer.codes.isEmpty else { return answer }
        if answer.codes.allSatisfy(NicCodes.unknownTaxpayer.contains), order.kind == .einvoiceGenerate {
            return await IrpTaxpayers(connection: connection).renewed(answer, order)
        }
        return answer.codes.allSatisfy(NicCodes.notHere.contains) ? toSister(answer, order) : answer
    }

    /// The header that asks for the other portal's invoices, once it is known that this one does not hold it.
    private func sister(for order: ActionOrder) -> [String: String] {
        guard let sister = nic.sister else { return [:] }
        let isElsewhere =
            order.kind == .einvoiceGenerate
            ? order.told.contains(NicCodes.elsewhere) : !order.told.isDisjoint(with: NicCodes.notHere)
        return isElsewhere ? asking(sister) : [:]
    }

    private func asking(_ sister: String) -> [String: String] {
        [connection.profile.headerNames[Nic.Header.registrar] ?? Nic.Header.registrar: sister]
    }

    /// What this portal does not hold is asked of the other one, once (facts: nic-einvoice-ewb 8).
    private func toSister(_ answer: ActionAnswer, _ order: ActionOrder) -> ActionAnswer {
        guard let sister = nic.sister, order.kind != .einvoiceGenerate else { return answer }
        var answer = answer
        if order.told.isDisjoint(with: NicCodes.notHere) {
            (answer.event, answer.isMended) = (.notSent, true)
            answer.message += "; \(sister) is asked for it"
        } else {
            answer.message += "; \(sister) does not hold it either"
        }
        return answer
    }

    public func look(_ order: ActionOrder) async -> ActionAnswer {
        let missing = connection.profile.missingPaths(for: order.kind)
        guard missing.isEmpty else {
            return ActionAnswer(
                .lookFailed, message: "the provider's file lacks \(missing.joined(separator: " and "))",
                cause: .internal)
        }
        guard let path = IrpReading.lookPath(order, connection.profile) else { return Self.unknownKind }
        return await connection.ask(order, path, headers: sister(for: order)) { [nic] response, session in
            IrpReading(order: order, nic: nic, session: session).found(response)
        }
    }

    public func invoice(_ question: InvoiceQuestion, _ order: ActionOrder) async -> ActionAnswer {
        let path = question.path(connection.profile)
        let read: @Sendable (HTTPResponse, NicSession) -> ActionAnswer = { [nic] response, session in
            IrpReading(order: order, nic: nic, session: session).shown(response)
        }
        let answer = await connection.ask(order, path, read)
        guard let sister = nic.sister, !answer.codes.isEmpty, answer.codes.allSatisfy(NicCodes.notHere.contains) else {
            return answer
        }
        return await connection.ask(connection.timely(order), path, headers: asking(sister), read)
    }

    public func probe(_ order: ActionOrder) async {
        guard let path = IrpReading.lookPath(order, connection.profile) else { return }
        // Read as an answer: what it says of the password is noted.
        _ = await connection.ask(order, path) { [nic] response, session in
            IrpReading(order: order, nic: nic, session: session).found(response)
        }
    }

    private static let unknownKind = ActionAnswer(
        .lookFailed, message: "an invoice registration portal does not do this", cause: .internal)
}
