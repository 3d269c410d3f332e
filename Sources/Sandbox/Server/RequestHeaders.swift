import FlyingFox

/// The header fields of one request. They are few, and each system asks for some: compared where they stand, they cost
/// less than a table of names in lower case.
struct RequestHeaders: Sendable {
    private var fields: [(name: String, value: String)] = []

    init(_ headers: HTTPHeaders) { for (header, value) in headers { fields.append((header.rawValue, value)) } }

    /// The value of a field, whatever the case of its name; several are joined by commas.
    subscript(name: String) -> String? {
        var found: String?
        for field in fields where Self.isSame(field.name, name) {
            found = found.map { "\($0), \(field.value)" } ?? field.value
        }
        return found
    }

    /// Puts a field in place of all of its name.
    mutating func set(_ name: String, _ value: String) {
        fields.removeAll { Self.isSame($0.name, name) }
        fields.append((name, value))
    }

    var head: AccessRecord.Head {
        var head = AccessRecord.Head()
        for field in fields { head.add(field.name, field.value) }
        return head
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && zip(left.utf8, right.utf8).allSatisfy { lowered($0) == lowered($1) }
    }

    private static func lowered(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 32 : byte }
}
