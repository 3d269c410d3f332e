/// One mail address with the name that stands before it, checked so strictly that it can stand in a header, an SMTP
/// command or an argument without any escaping.
public struct MailAddress: Sendable, Hashable, CustomStringConvertible {
    /// What people read; empty when only the address was given.
    public let name: String
    /// `local@domain`, ASCII.
    public let address: String

    /// Reads `local@domain` or `Name <local@domain>`; nil for anything else. RFC 5321 sets the lengths; quoted local
    /// parts, domain literals and addresses outside ASCII are refused, because not every server takes them.
    public init?(_ text: some StringProtocol) {
        guard text.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 }) else { return nil }
        if text.hasSuffix(">"), let open = text.lastIndex(of: "<") {
            address = String(text[text.index(after: open)...].dropLast())
            let before = text[..<open].split(separator: " ").joined(separator: " ")
            let isQuoted = before.count >= 2 && before.first == "\"" && before.last == "\""
            name = isQuoted ? String(before.dropFirst().dropLast()) : before
        } else {
            address = String(text)
            name = ""
        }
        guard name.utf8.count <= 200, !name.contains(where: { $0 == "<" || $0 == ">" }), Self.isAddress(address) else {
            return nil
        }
    }

    public var description: String { name.isEmpty ? address : "\(name) <\(address)>" }

    /// What stands behind the `@`.
    var domain: Substring { address[address.index(after: address.lastIndex(of: "@") ?? address.startIndex)...] }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2 else { return false }
        return parts[0].count <= 64 && isDotted(parts[0], and: atomMarks) && isDotted(parts[1], and: "-".utf8)
            && parts[1].split(separator: UInt8(ascii: ".")).allSatisfy {
                $0.first != UInt8(ascii: "-") && $0.last != UInt8(ascii: "-")
            }
    }

    /// The characters besides letters and digits that RFC 5322 lets stand unquoted.
    static let atomMarks = "!#$%&'*+-/=?^_`{|}~".utf8

    /// Words of letters, digits and `marks` with single dots between them.
    static func isDotted(_ text: some Collection<UInt8>, and marks: String.UTF8View) -> Bool {
        text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { word in
            !word.isEmpty
                && word.allSatisfy { byte in
                    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                        || marks.contains(byte)
                }
        }
    }
}
