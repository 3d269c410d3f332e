/// What the world plays for a GSTIN in the answers of NIC's systems, beside refused logins.
struct NicPlayed: Sendable {
    let outcome: MagicOutcome

    /// - Parameter isRead: whether an invoice or a bill is asked for: the question that a lost answer leads to.
    func withhold(isRead: Bool) throws(NicRefusal) {
        guard isRead, outcome == .placeFailed else { return }
        throw NicRefusal(answer: SandboxAnswer(status: 504, page: "Gateway Time-out"))
    }

    func shown(_ result: JsonTree) -> JsonTree {
        switch outcome {
        case .portalChanged: return .made(["Answer": .text("changed")])
        case .unknownField:
            guard case .object = result else { return result }
            return result.setting("Mood", .made(["of the day": .number(1)]))
        case .hostileText:
            return Self.replaced(result, ["Remarks", "alert", "TradeName", "LegalName", "toTrdName"]) { _ in
                .text(HostileText.samples[0])
            }
        case .wrongHash: return Self.replaced(result, ["SignedInvoice", "SignedQRCode"], Self.forged)
        default: return result
        }
    }

    private static func replaced(
        _ result: JsonTree, _ names: [String], _ change: (JsonTree) -> JsonTree
    ) -> JsonTree {
        names.reduce(result) { tree, name in tree[name].map { tree.setting(name, change($0)) } ?? tree }
    }

    /// With the first characters of the signature turned around: whole, well written, and of nobody.
    private static func forged(_ token: JsonTree) -> JsonTree {
        guard case .text(let text) = token, let dot = text.lastIndex(of: ".") else { return token }
        let signature = text[text.index(after: dot)...]
        return .text("\(text[...dot])\(String(signature.prefix(8).reversed()))\(signature.dropFirst(8))")
    }
}
