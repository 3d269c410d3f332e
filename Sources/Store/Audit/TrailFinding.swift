public import Domain
internal import Foundation

/// Damage that a verification found and that nobody has ended yet: nothing is called while it stands.
public struct TrailFinding: Hashable, Sendable, Codable {
    /// Of the setting that keeps it.
    static let key = "audit.finding"

    /// The record, or for a checkpoint its size.
    public var seq: Int64
    public var kind: String
    public var words: String
    /// Milliseconds since 1970.
    public var found: Int64

    public init(_ damage: TrailDamage, words: String, at now: Instant) {
        (seq, kind, self.words, found) = (damage.seq, damage.kind.rawValue, words, now.milliseconds)
    }

    public var at: Instant { Instant(milliseconds: found) }

    /// One line of JSON.
    public var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// What cannot be read is a finding all the same: somebody wrote into it.
    public init(text: String) {
        let read = try? JSONDecoder().decode(Self.self, from: Data(text.utf8))
        self =
            read
            ?? Self(TrailDamage(.form, 0), words: "what was found wrong cannot be read", at: Instant(milliseconds: 0))
    }
}

extension StoreReader {
    public func trailFinding() throws -> TrailFinding? { try setting(TrailFinding.key).map(TrailFinding.init(text:)) }
}

extension StoreWriter {
    /// nil takes it away.
    public func setTrailFinding(_ finding: TrailFinding?) throws { try setSetting(TrailFinding.key, finding?.text) }
}
