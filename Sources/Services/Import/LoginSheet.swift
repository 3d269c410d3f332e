import Domain
import Foundation
import Secrets

/// The rows of an `account import` file.
///
/// No cell is ever repeated in a message: in a sheet whose columns are shifted any of them may be a password.
struct LoginSheet: Sendable {
    struct Login: Sendable {
        var line: Int
        var identity: PortalIdentity
        var username: String
        /// nil keeps the password that is stored.
        var password: SecretBytes?
    }

    private(set) var logins: [Login] = []
    private(set) var refusals: [ImportSummary.Refusal] = []

    private static let columns = ["portal", "identity", "username", "password"]

    init(_ csv: CsvText, file: String) throws(Complaint) {
        var rows = CsvRows(csv)
        let header = try Self.header(rows.next(1).first?.fields ?? [], file: file)
        while true {
            let part = rows.next(2_000)
            if part.isEmpty { break }
            for row in part {
                do throws(Refused) {
                    logins.append(try Self.login(row, header))
                } catch {
                    refusals.append(.init(line: row.line, reason: error.reason))
                }
            }
        }
    }

    private static func header(_ fields: [String], file: String) throws(Complaint) -> [String: Int] {
        let remedy = "Its first row must name the columns: \(columns.joined(separator: ","))"
        var header: [String: Int] = [:]
        for (index, field) in fields.enumerated() {
            let name = field.trimmed.lowercased()
            if name.isEmpty { continue }
            guard columns.contains(name), header[name] == nil else {
                throw Complaint(
                    "\(file) has a column that is not known, or twice", why: "it is number \(index + 1)",
                    remedy: remedy, status: .badData)
            }
            header[name] = index
        }
        for name in columns.dropLast() where header[name] == nil {
            throw Complaint("\(file) has no column \"\(name)\"", remedy: remedy, status: .badData)
        }
        return header
    }

    private struct Refused: Error { var reason: String }

    private static func login(_ row: CsvRow, _ header: [String: Int]) throws(Refused) -> Login {
        guard let fields = row.fields else {
            throw Refused(
                reason: "is no valid CSV row: a quote stands inside a field; quote the field and double the quote")
        }
        let width = (header.values.max() ?? 0) + 1
        guard fields.dropFirst(width).allSatisfy(\.isEmpty) else {
            throw Refused(
                reason:
                    "has \(Counted.text(fields.count, "field")) where the header names \(width): is a text with the separator unquoted?"
            )
        }
        func field(_ name: String) -> String {
            guard let index = header[name], index < fields.count else { return "" }
            return fields[index]
        }
        let word = field("portal").trimmed.lowercased().replacingOccurrences(of: " ", with: "_")
        guard let portal = Portal(rawValue: word) else {
            throw Refused(reason: "the portal is none of \(Portal.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard let identity = try? PortalIdentity(portal, field("identity").trimmed) else {
            throw Refused(
                reason: "the identity is no valid \(portal == .incomeTax ? "PAN or TAN" : portal.identityTitle)")
        }
        let username = field("username").trimmed
        guard !username.isEmpty else { throw Refused(reason: "the user name is missing") }
        let text = field("password")
        return Login(
            line: row.line, identity: identity, username: username,
            password: text.isEmpty ? nil : SecretBytes(utf8: text))
    }
}

/// The file of an `account import`.
public enum LoginFile {
    /// Whether group or others may read it; a pipe is nobody else's.
    public static func isOpenToOthers(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_mode & 0o044 != 0
    }
}
