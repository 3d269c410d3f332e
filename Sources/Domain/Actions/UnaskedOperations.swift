/// Actions that somebody wanted looked at now, and that were not, for their provider is left alone for a while.
public struct UnaskedOperations: Hashable, Sendable {
    public var provider: String
    public var count: Int
    /// When the first of them is looked at.
    public var until: Instant

    /// By provider, in the order of their names.
    ///
    /// - Parameters:
    ///   - before: as they stood when it was asked for.
    ///   - after: as they stand now.
    public static func all(before: [PortalOperation], after: [PortalOperation], now: Instant) -> [UnaskedOperations] {
        let known = Dictionary(before.map { ($0.id, $0) }) { first, _ in first }
        let unasked = after.filter { operation in
            guard let was = known[operation.id], let next = operation.nextStepAt, next > now else { return false }
            return operation.state == was.state && operation.attempts == was.attempts
                && operation.message == was.message && operation.updatedAt == was.updatedAt
        }
        return Dictionary(grouping: unasked, by: \.provider).sorted { $0.key < $1.key }.compactMap {
            provider, waiting in
            waiting.compactMap(\.nextStepAt).min().map {
                UnaskedOperations(provider: provider, count: waiting.count, until: $0)
            }
        }
    }
}
