extension PortalOperation {
    /// What was said of it last, with the authority's code once; else what its state means.
    public var said: String {
        let words = message.isEmpty ? meaning : message
        guard let code, !words.hasPrefix(code) else { return words }
        return "\(code): \(words)"
    }

    /// Whether it waits for a moment and then goes on without anybody: for the end of an outage or a limit, or for the next
    /// look at what is in doubt.
    public var goesOnByItself: Bool {
        switch state {
        case .notSent, .queued, .resendOk, .pending, .unknown, .reconciling: nextStepAt != nil && !message.isEmpty
        default: false
        }
    }

    /// Since when it waits, when it goes on, and that nobody has to do anything; nil for what does not wait so.
    ///
    /// - Parameter moment: how a time is written.
    public func waiting(at now: Instant, _ moment: (Instant) -> String) -> String? {
        guard goesOnByItself, let next = nextStepAt else { return nil }
        let since = "\(state.isInDoubt ? "asked" : "waits since") \(moment(createdAt))"
        let step = state.isInDoubt || state == .pending ? "next look" : "next try"
        let when = next > now ? "\(step) \(moment(next))" : "\(step) due now"
        let advice =
            now < createdAt + Self.patience ? "nothing needs to be done" : "or look at the provider \(provider)"
        return "\(since) · \(when) by itself, \(advice)"
    }

    /// After so long a fault may be one that does not pass: an address, a certificate, a firewall.
    private static let patience = Duration.seconds(900)
}
