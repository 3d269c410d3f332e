import Domain
import Secrets
import Testing
import Vault

@testable import Services
@testable import Store

/// An authenticator app in the place of mailed codes: set up by its first code, each code good once.
@Suite(.timeLimit(.minutes(20))) struct AuthenticatorTests {
    @Test func itIsSetUpByTheFirstCodeThatTheAppShows() async throws {
        let office = try await Office.make(settings: Self.settings)
        let service = office.admin.authenticator
        #expect(try await service.state() == .none)
        let app = App(try await service.enrol())
        #expect(try await service.state() == .begun)
        let wrong = await complaint { try await service.confirm(app.code(office).wrong) }
        #expect(wrong == .wrongFirstCode)
        #expect(try await service.state() == .begun)
        try await service.confirm(app.code(office))
        #expect(try await service.state() == .set(since: office.place.time.now))
        #expect(
            try await actions(office) == [
                "asha authenticator.enrol begun", "asha reveal.code wrong", "asha authenticator.enrol done",
            ])
    }

    @Test func itsPictureSaysTheSameAsItsLetters() async throws {
        let office = try await Office.make(settings: Self.settings)
        let enrolment = try await office.admin.authenticator.enrol()
        let letters = enrolment.letters.text
        #expect(letters.wholeMatch(of: /([A-Z2-7]{4} ){7}[A-Z2-7]{4}/) != nil)
        let read = try QrReader.read(try QrCode(enrolment.uri).lines)
        let secret = letters.filter { $0 != " " }
        #expect(read == "otpauth://totp/PortalDesk:asha?secret=\(secret)&issuer=PortalDesk")
    }

    @Test func aRevealAsksForItAndTakesEachCodeOnce() async throws {
        let office = try await Office.make(settings: Self.settings)
        let refused = await complaint { try await office.admin.reveal.begin(Office.first, reason: "") }
        #expect(refused?.what == "no authenticator is set up for asha")
        let app = try await Self.enrolled(office)
        let challenge = try await office.admin.reveal.begin(Office.first, reason: "")
        #expect(challenge.way == .authenticator)
        #expect(try await office.admin.mail.inbox().isEmpty)
        // The code that confirmed it is used up.
        let used = await complaint { try await office.admin.reveal.confirm(challenge, code: app.code(office)) }
        #expect(used == .wrongCode)
        office.place.time.advance(.seconds(30))
        let shown = try await office.admin.reveal.confirm(challenge, code: app.code(office))
        #expect(shown.password.text == Office.secret(Office.first))
        let again = await complaint { try await office.admin.reveal.confirm(challenge, code: app.code(office)) }
        #expect(again == .wrongCode)
        // A step before the last one that was accepted, though the clock's tolerance would let it in.
        let older = await complaint {
            try await office.admin.reveal.confirm(challenge, code: app.code(office, steps: -1))
        }
        #expect(older == .wrongCode)
    }

    @Test func aClockMayBeOneStepOffAndNoMore() async throws {
        let office = try await Office.make(settings: Self.settings)
        let app = App(try await office.admin.authenticator.enrol())
        for steps: Int64 in [-2, 2] {
            let refused = await complaint {
                try await office.admin.authenticator.confirm(app.code(office, steps: steps))
            }
            #expect(refused == .wrongFirstCode)
        }
        try await office.admin.authenticator.confirm(app.code(office, steps: 1))
    }

    @Test func aSecretWithoutItsFirstCodeOpensNothingAndGoes() async throws {
        let office = try await Office.make(settings: Self.settings)
        let service = office.admin.authenticator
        _ = try await service.enrol()
        let refused = await complaint { try await office.admin.reveal.begin(Office.first, reason: "") }
        #expect(refused?.status == .notPermitted)
        try await service.abandon()
        #expect(try await service.state() == .none)
        // What counts already is not abandoned, nor replaced by another.
        _ = try await Self.enrolled(office)
        try await service.abandon()
        #expect(await complaint { try await service.enrol() }?.status == .badData)
        #expect(try await service.state() == .set(since: office.place.time.now))
    }

    @Test func anotherPersonsGoesOnlyByAnAdmin() async throws {
        let office = try await Office.make(settings: Self.settings)
        try await office.add("omkar", .operator_, .view, .reveal)
        try await office.add("sita", .support)
        let omkar = try await office.enter("omkar")
        let sita = try await office.enter("sita")
        let own = App(try await omkar.authenticator.enrol())
        try await omkar.authenticator.confirm(own.code(office))
        #expect(await complaint { try await sita.authenticator.enrol() }?.status == .notPermitted)
        #expect(
            await complaint { try await sita.authenticator.remove(of: "omkar", proof: nil) }?.status == .notPermitted)
        #expect(
            await complaint { try await omkar.authenticator.remove(of: "asha", proof: nil) }?.status == .notPermitted)
        // An open session is not enough for one's own: whoever finds it open could put another app in its place.
        let alone = await complaint { try await omkar.authenticator.remove(proof: nil) }
        #expect(alone?.status == .notPermitted)
        let wrong = AuthenticatorService.Proof.code(SecretBytes(utf8: "000000"))
        #expect(await complaint { try await omkar.authenticator.remove(proof: wrong) }?.status == .notPermitted)
        #expect(try await omkar.authenticator.state() != .none)
        #expect(try await office.admin.authenticator.remove(of: "omkar", proof: nil) == "omkar")
        #expect(try await omkar.authenticator.state() == .none)
        #expect(await complaint { try await omkar.authenticator.remove(proof: nil) }?.status == .badData)
        #expect(
            await complaint { try await office.admin.authenticator.remove(of: "nobody", proof: nil) }?.status
                == .badData)
    }

    @Test func aPasswordThatAnAdminSetsTakesTheAuthenticatorAway() async throws {
        let office = try await Office.make(settings: Self.settings)
        try await office.add("omkar", .operator_, .view, .reveal)
        let omkar = try await office.enter("omkar")
        let app = App(try await omkar.authenticator.enrol())
        try await omkar.authenticator.confirm(app.code(office))
        let password = "another made-up password"
        try await office.admin.people.setPassword(of: "omkar", SecretBytes(utf8: password), current: nil)
        let again = try await office.enter("omkar", password: password)
        #expect(try await again.authenticator.state() == .none)
    }

    private static let settings = "[mail]\ntransport = \"maildir\"\n[reveal]\nconfirm = \"totp\"\n"

    private static func enrolled(_ office: Office) async throws -> App {
        let app = App(try await office.admin.authenticator.enrol())
        try await office.admin.authenticator.confirm(app.code(office))
        return app
    }

    private func actions(_ office: Office) async throws -> [String] {
        try await office.admin.store.read { try $0.auditEvents(AuditQuery(subject: "asha")) }
            .filter { $0.action.hasPrefix("authenticator") || $0.action.hasPrefix("reveal") }
            .map { "\($0.actor) \($0.action) \($0.outcome)" }
    }
}

/// The telephone: it knows the letters and the time.
private struct App {
    let secret: SecretBytes

    init(_ enrolment: AuthenticatorService.Enrolment) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (bits, count, bytes) = (0, 0, [UInt8]())
        for letter in enrolment.letters.text where letter != " " {
            bits = bits << 5 | (alphabet.firstIndex(of: letter) ?? 0)
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count & 255))
                bits &= (1 << count) - 1
            }
        }
        secret = SecretBytes(consuming: &bytes)
    }

    func code(_ office: Office, steps: Int64 = 0) -> SecretBytes {
        let now = office.place.time.now.milliseconds / 1_000
        return SecretBytes(utf8: Totp.code(secret, step: Totp.step(at: now) + steps))
    }
}
