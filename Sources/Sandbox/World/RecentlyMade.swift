import Synchronization

/// What was made last by name, for what costs more to make than to keep for a while. Whatever was not asked for among
/// the last few hundred names is forgotten.
final class RecentlyMade<Name: Hashable & Sendable, Value: Sendable>: Sendable {
    /// Two generations: the older one goes when the younger is full, so what is in use is never forgotten with the rest.
    private struct Kept {
        var young: [Name: Value] = [:]
        var old: [Name: Value] = [:]
    }

    private static var most: Int { 192 }
    private let kept = Mutex(Kept())

    func value(of name: Name, _ make: () -> Value) -> Value {
        let known = kept.withLock { kept -> Value? in
            if let value = kept.young[name] { return value }
            guard let value = kept.old[name] else { return nil }
            Self.keep(value, name, &kept)
            return value
        }
        if let known { return known }
        let made = make()
        kept.withLock { Self.keep(made, name, &$0) }
        return made
    }

    private static func keep(_ value: Value, _ name: Name, _ kept: inout Kept) {
        if kept.young.count >= most {
            kept.old = kept.young
            kept.young = [:]
        }
        kept.young[name] = value
    }
}
