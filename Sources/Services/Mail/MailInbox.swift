import Domain
import Foundation
import Store

/// One message in the inbox of a simulated workspace.
public struct InboxMail: Sendable, Hashable {
    /// From 1 for the oldest, so that new mail changes no number.
    public var number: Int
    public var arrivedAt: Instant
    public var from, to, subject, messageId: String
    /// The body, lines ended by `\n`.
    public var text: String
}

/// Reads the Maildir that `MaildirTransport` writes.
struct MailInbox: Sendable {
    let folder: String

    /// A message of ours is never longer.
    private static let longest = 1 << 20

    /// Oldest first; what cannot be read or is no message is left out.
    func read() -> [InboxMail] {
        let paths = ["new", "cur"].flatMap { name in
            ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(name)")) ?? []).map {
                (name: $0, path: "\(folder)/\(name)/\($0)")
            }
        }
        // Names begin with the second of arrival; the numbers in them are not padded.
        let ordered = paths.sorted { $0.name.compare($1.name, options: .numeric) == .orderedAscending }
        var mails: [InboxMail] = []
        for (name, path) in ordered where !name.hasPrefix(".") {
            guard let mail = mail(at: path, arrived: Self.arrival(name), number: mails.count + 1) else { continue }
            mails.append(mail)
        }
        return mails
    }

    private static func arrival(_ name: String) -> Instant {
        let parts = name.split(separator: ".")
        let micros = parts.count > 1 ? parts[1].dropFirst().prefix { $0.isASCII && $0.isNumber } : ""
        return Instant(milliseconds: (parts.first.flatMap { Int64($0) } ?? 0) * 1_000 + (Int64(micros) ?? 0) / 1_000)
    }

    private func mail(at path: String, arrived: Instant, number: Int) -> InboxMail? {
        guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= Self.longest else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
            .split(separator: "\n", omittingEmptySubsequences: false)
        guard let end = lines.firstIndex(of: "") else { return nil }
        var headers: [String: String] = [:]
        var last = ""
        for line in lines[..<end] {
            if line.hasPrefix(" ") {
                headers[last, default: ""] += line
            } else if let colon = line.firstIndex(of: ":") {
                last = line[..<colon].lowercased()
                headers[last] = String(line[line.index(after: colon)...].drop { $0 == " " })
            }
        }
        let isQuoted = headers["content-transfer-encoding"] == "quoted-printable"
        let text = lines[(end + 1)...]
        let whole = text.last == "" ? text.dropLast() : text
        let body = isQuoted ? MailEncoding.unquoted(whole) : whole.joined(separator: "\n")
        func header(_ name: String) -> String { HarmlessText.line(MailHeader.decoded(headers[name] ?? "")) }
        return InboxMail(
            number: number, arrivedAt: arrived, from: header("from"), to: header("to"), subject: header("subject"),
            messageId: header("message-id"), text: HarmlessText.block(body))
    }
}

extension MailService {
    /// The messages of a workspace whose mail stays in it, oldest first: one's own, and an admin's all.
    ///
    /// - Throws: a `Complaint`: 77 when nobody is logged in; 65 when mail leaves this workspace.
    public func inbox() async throws(Complaint) -> [InboxMail] {
        let doer = try await workspace.permit(.see)
        guard staysHere else { throw Complaint.noInbox() }
        let inbox = MailInbox(folder: workspace.home.mail)
        let all = try await OwnThread.run { inbox.read() }
        guard let person = try await workspace.read({ try $0.person(doer.name) }), person.role != .admin else {
            return all
        }
        return all.filter { $0.to == person.email }
    }
}
