import Domain

/// Gives every kind of trouble its share of a large world, the same share for the same seed.
public enum FaultPlan {
    /// What accounts of a portal can meet, beside success. Without what only takes long.
    public static func kinds(_ portal: Portal) -> [MagicOutcome] {
        MagicOutcome.allCases.filter { outcome in
            switch outcome {
            case .success, .slow, .neverEnds, .vanished, .taxYear: false
            case .captcha, .accountProblem, .wrongHash: portal != .gst
            case .noApiAccess: portal == .gst
            case .rateLimited, .strayRecord: portal != .incomeTax
            case .hostileText, .emptyThenFull: portal != .traces
            default: true
            }
        }
    }

    static func outcome(of identity: PortalIdentity, percent: Int, seed: UInt64) -> MagicOutcome {
        guard percent > 0 else { return .success }
        var random = SeededRandom(seed, "fault plan \(identity.portal.rawValue) \(identity.text)")
        let kinds = kinds(identity.portal)
        let slot = random.below(100) / percent
        return slot < kinds.count ? kinds[slot] : .success
    }
}
