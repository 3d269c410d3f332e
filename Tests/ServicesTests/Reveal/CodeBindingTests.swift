import Domain
import Foundation
import Secrets
import Testing

@testable import Services

/// A code of one account, person or session opens no other.
@Suite(.timeLimit(.minutes(20))) struct CodeBindingTests {
    private struct Door: Sendable {
        var person: String
        var session: Int
        var identity: PortalIdentity
        var workspace: Workspace

        func isSame(as other: Door) -> Bool {
            person == other.person && session == other.session && identity == other.identity
        }
    }

    @Test func everyCodeOpensItsOwnDoorAlone() async throws {
        let office = try await Office.make()
        try await office.add("olu", .operator_, .reveal)
        var doors: [Door] = []
        for person in ["asha", "olu"] {
            for session in 1...2 {
                let password = person == "asha" ? Place.password : Office.password
                let workspace = try await office.enter(person, password: password)
                for identity in [Office.first, Office.second] {
                    doors.append(
                        Door(person: person, session: session, identity: identity, workspace: workspace))
                }
            }
        }
        var refused = 0
        for source in doors {
            office.place.time.advance(.seconds(16 * 60))
            let challenge = try await source.workspace.reveal.begin(source.identity, reason: "")
            let (code, to) = try await office.mailed()
            #expect(to == "\(source.person)@firm.example")
            for target in doors where !target.isSame(as: source) {
                var forged = challenge
                forged.identity = target.identity
                let problem = await complaint { try await target.workspace.reveal.confirm(forged, code: code) }
                #expect(
                    problem == .wrongCode, "\(source.person) \(source.session) → \(target.person) \(target.session)")
                refused += problem == .wrongCode ? 1 : 0
                try await office.forgive()
            }
            // The three doors of the same person were counted as wrong tries; the code is still good where it belongs.
            let shown = try await source.workspace.reveal.confirm(challenge, code: code)
            #expect(shown.password.text == Office.secret(source.identity))
        }
        #expect(refused == 56)
    }

    @Test func aCodeOpensNoLaterPassword() async throws {
        let office = try await Office.make()
        let challenge = try await office.admin.reveal.begin(Office.first, reason: "")
        let code = try await office.mailed().code
        try await office.admin.credentials.setLogin(
            Office.first, username: "user", password: SecretBytes(utf8: "changed meanwhile"))
        #expect(await complaint { try await office.admin.reveal.confirm(challenge, code: code) } == .wrongCode)
    }

    @Test func whatIsStoredOfACodeIsNoHashOfItAlone() async throws {
        let office = try await Office.make()
        _ = try await office.admin.reveal.begin(Office.first, reason: "")
        let code = try await office.mailed().code.text
        for name in ["desk.sqlite", "desk.sqlite-wal"] {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(office.place.home.path)/\(name)"))
            #expect(bytes.range(of: Data(code.utf8)) == nil)
        }
    }
}
