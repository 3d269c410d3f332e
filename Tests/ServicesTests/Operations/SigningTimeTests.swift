import Domain
import Foundation
import Testing

@testable import Services

/// NIC changes the keys that it signs with; a text of another time than its key's is told.
@Suite("Time of signing keys", .timeLimit(.minutes(20))) struct SigningTimeTests {
    /// The provider file with a bound for its key.
    private static func bounded(_ text: String, _ section: String, _ day: String) throws -> String {
        let key = try #require(text.firstMatch(of: /([0-9A-Fa-f]{40}) = "[^"]*\.pem"/)).output.1
        return "\(text)\n[\(section)]\n\(key) = \"\(day)\"\n"
    }

    @Test(arguments: [
        ("signing_from", "2099-01-01", false), ("signing_until", "2020-12-31", false),
        ("signing_from", "2020-01-01", true), ("signing_until", "2099-12-31", true),
    ])
    func `an invoice that is signed outside its key's time is told`(section: String, day: String, isGood: Bool)
        async throws
    {
        try await ActionHouse.with { house in
            let path = "\(house.place.home.providers)/irp.toml"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try Self.bounded(text, section, day).write(toFile: path, atomically: true, encoding: .utf8)
            let end = try await house.workToTheEnd(try await house.generate().id)
            #expect(end.state == .filed)
            #expect(end.message.contains("when the key was not in use") != isGood, "\(end.message)")
        }
    }

    @Test func `a day that is none, without a key, or the wrong way round is refused`() async throws {
        try await ActionHouse.with { house in
            let path = "\(house.place.home.providers)/irp.toml"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            func isTaken(_ text: String) -> Bool { (try? ProviderFile.read(path: path, text: text)) != nil }
            #expect(isTaken(try Self.bounded(text, "signing_until", "2026-11-22")))
            #expect(!isTaken(try Self.bounded(text, "signing_until", "22-11-2026")))
            let unknown = String(repeating: "A", count: 40)
            #expect(!isTaken("\(text)\n[signing_from]\n\(unknown) = \"2026-11-22\"\n"))
            let later = try Self.bounded(text, "signing_from", "2027-01-01")
            #expect(!isTaken(try Self.bounded(later, "signing_until", "2026-11-22")))
        }
    }
}
