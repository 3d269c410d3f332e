import Domain
import Transport
import Wire

/// What a registration portal knows of taxpayers. It hears of them from the GST portal, and not at once: before a GSTIN
/// that it does not know is the invoice's fault, it is told to fetch it anew, once (facts: nic-einvoice-ewb 3.1, 7.1).
struct IrpTaxpayers: Sendable {
    let connection: NicConnection

    /// - Parameter answer: refuses the invoice for a GSTIN alone.
    /// - Returns: that nothing was done and the invoice may be sent once more, or the refusal with what was found out.
    func renewed(_ answer: ActionAnswer, _ order: ActionOrder) async -> ActionAnswer {
        var answer = answer
        func tell(_ words: String) { answer.message = HarmlessText.line("\(answer.message); \(words)", limit: 300) }
        let profile = connection.profile
        if !order.told.isDisjoint(with: NicCodes.unknownTaxpayer) {
            tell("it was fetched anew from the GST portal before that")
            return answer
        }
        if profile.nic?.style == .successResult, profile.paths[IrpPath.syncGstin.rawValue] == nil {
            tell("it was not fetched anew from the GST portal: the provider's file lacks paths.sync_gstin")
            return answer
        }
        let gstins = Self.meant(answer.message, order)
        for gstin in gstins {
            guard order.mayAskOn() else { return Self.stopped(answer, order) }
            let path = IrpPath.syncGstin.text(["gstin": gstin], profile)
            let shown = await connection.ask(connection.timely(order), path) { response, session in
                IrpReading(order: order, nic: profile.nic ?? NicProfile(), session: session).taxpayer(response)
            }
            if Task.isCancelled { return Self.stopped(answer, order) }
            guard shown.event == .foundSame, let status = shown.reference else {
                let why = [shown.code, shown.message].compactMap(\.self).joined(separator: " ")
                tell("\(gstin) could not be fetched anew from the GST portal: \(why)")
                // Nobody has said no: the invoice waits, and is asked about anew with its next try.
                if shown.event == .lookFailed, shown.codes.isEmpty {
                    (answer.event, answer.cause, answer.codes) = (.notSent, shown.cause ?? .portalDown, [])
                    (answer.retryAfter, answer.notBefore) = (shown.retryAfter, shown.notBefore)
                }
                return answer
            }
            guard status.uppercased() == "ACT" else {
                tell("the GST portal says that \(gstin) is \(status)")
                return answer
            }
        }
        guard !gstins.isEmpty else { return answer }
        tell("\(gstins.joined(separator: " and ")) was fetched anew from the GST portal and is active: sent again")
        (answer.event, answer.isMended) = (.notSent, true)
        return answer
    }

    /// The portal did nothing with the invoice, so it waits as it is, at no cost, and is asked about with its next try.
    private static func stopped(_ answer: ActionAnswer, _ order: ActionOrder) -> ActionAnswer {
        var answer = answer
        let why = "the worker was stopped before its GSTINs were fetched anew from the GST portal"
        answer.message = HarmlessText.line("\(answer.message); \(why)", limit: 300)
        (answer.event, answer.cause, answer.codes) = (.notSent, .internal, [])
        answer.notBefore = order.askedAt ?? Instant(milliseconds: 0)
        return answer
    }

    /// The GSTINs of the invoice that the portal named; where it named none, the buyer's.
    static func meant(_ words: String, _ order: ActionOrder) -> [String] {
        guard let sent = try? NicFields(order.payload) else { return [] }
        let buyer = sent.fields("BuyerDtls")?.text("Gstin")
        let all = [
            buyer, sent.fields("SellerDtls")?.text("Gstin"), sent.fields("ShipDtls")?.text("Gstin"),
            sent.fields("TranDtls")?.text("EcmGstin"),
        ].compactMap { $0?.uppercased() }
        let words = words.uppercased()
        let named = all.filter { words.contains($0) }
        return (named.isEmpty ? [buyer?.uppercased()].compactMap(\.self) : named).filter { $0 != "URP" }
    }
}
