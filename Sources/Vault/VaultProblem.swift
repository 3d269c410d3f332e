/// Why a key or a sealed value cannot be used. Never carries a byte of either.
public enum VaultProblem: Error, Equatable, Sendable {
    case keyMissing(file: String)
    case keyUnreadable(file: String, reason: String)
    /// Others than the owner can read the key file.
    case keyOpenToOthers(file: String, mode: UInt32)
    case keyMalformed(file: String)
    case keyExists(file: String)
    case unknownFormat(version: UInt8)
    /// The value was sealed for another place or version, under another key, or was changed.
    case doesNotOpen
    /// Sealed to a vault key that is not this one, as during a rotation.
    case anotherKey(id: String)
    /// A key in the database is none that this vault's keys vouch for.
    case keysExchanged
    case randomUnavailable
}
