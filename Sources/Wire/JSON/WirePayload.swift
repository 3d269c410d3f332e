/// A JSON shape that both ends of a wire share.
///
/// Fields that the wire may leave out are optional; a field that this version does not know is tolerated and reported.
public protocol WirePayload: Codable, Sendable, Hashable {
    /// Every field name that may stand anywhere in this payload, nested ones included.
    static var fieldNames: Set<String> { get }
}

extension CaseIterable where Self: RawRepresentable, RawValue == String {
    static var names: Set<String> { Set(allCases.map(\.rawValue)) }
}
