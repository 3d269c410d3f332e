import Domain
import Secrets
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("The authenticator's panel") struct AuthenticatorTests {
    static let offer = AuthenticatorOffer(
        .init(
            uri: SecretBytes(
                utf8: "otpauth://totp/PortalDesk:asha?secret=MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U&issuer=PortalDesk"),
            letters: SecretBytes(utf8: "MFRG GZDF MZTW Q2LK NNWG 23TP OBYX E43U")))

    static func bench(size: Size = Sample.wide, isAskedFor: Bool = true) throws -> Bench {
        var bench = Bench(size: size)
        bench.press(":")
        bench.type("authenticator")
        bench.press(.enter)
        try bench.answerLast(.authenticator(.offered(offer), isAskedFor: isAskedFor))
        return bench
    }

    @Test func `the right code sets it up and closes the panel`() throws {
        var bench = try Self.bench()
        bench.type("123 456")
        bench.press(.enter)
        guard case .confirmAuthenticator(let code, _)? = bench.effects.first else {
            Issue.record("no code was sent: \(bench.effects)")
            return
        }
        #expect(code.withBytes { Array($0) } == Array("123456".utf8))
        bench.press("7")
        #expect(bench.shows("Checking") && !bench.shows("123"))
        try bench.answerLast(.done("The authenticator is set up"))
        #expect(bench.toasts == ["The authenticator is set up"] && !bench.shows("Scan the picture"))
        #expect(!bench.history.contains(.abandonAuthenticator))
    }

    @Test func `a wrong code is told and the same picture waits for the next one`() throws {
        var bench = try Self.bench()
        bench.press(.enter)
        #expect(bench.shows("Enter the code that the app shows."))
        bench.type("000000")
        bench.press(.enter)
        try bench.answerLast(.failed(.wrongFirstCode))
        #expect(bench.shows("✗ The code is not right") && bench.shows("MFRG GZDF MZTW Q2LK"))
        bench.type("1")
        #expect(!bench.shows("✗"))
    }

    @Test func `Esc leaves, and the secret that nobody confirmed is forgotten`() throws {
        var bench = try Self.bench()
        bench.press(.escape)
        #expect(bench.effects.contains(.abandonAuthenticator) && !bench.shows("MFRG"))
        var clicked = try Self.bench()
        try clicked.click("Cancel")
        #expect(clicked.effects.contains(.abandonAuthenticator))
    }

    @Test func `one that is set up is removed only by a code of it`() throws {
        var bench = Bench()
        bench.press(":")
        bench.type("authenticator")
        bench.press(.enter)
        try bench.answerLast(.authenticator(.set(since: Sample.now), isAskedFor: false))
        #expect(bench.shows("✓ Set up since 20-11-2026 18:42:00") && bench.shows("Codes are still mailed"))
        bench.press(.enter)
        #expect(bench.shows("✗ Enter a code that the app shows.") && bench.effects.isEmpty)
        bench.type("123 456")
        bench.press(.enter)
        guard case .removeAuthenticator(let code, _)? = bench.effects.first, code.count == 6 else {
            Issue.record("nothing was removed: \(bench.effects)")
            return
        }
        try bench.answerLast(.done("The authenticator is removed"))
        #expect(bench.toasts == ["The authenticator is removed"])
    }

    @Test func `a lock takes the secret off the screen, and another one is made behind it`() throws {
        var bench = try Self.bench()
        bench.type("12")
        bench.press(.function(12))
        #expect(!bench.shows("MFRG") && !"\(bench.model.stack)".contains("MFRG"))
        bench.input(.loggedIn(LoggedIn(person: Sample.asha, summary: Sample.summary, recoveryCode: nil)))
        #expect(bench.effects.contains { if case .openAuthenticator = $0 { true } else { false } })
    }

    @Test func `a window that is too small gets the letters, and hears what the picture needs`() throws {
        let code = try #require(Self.offer.code)
        let needed = Size(columns: code.columns + 3 + 34 + 6, rows: code.rows + 6)
        let small = try Self.bench(size: Size(columns: needed.columns, rows: needed.rows - 1))
        #expect(small.shows("needs a window of \(needed.columns)x\(needed.rows)") && small.shows("MFRG GZDF"))
        let enough = try Self.bench(size: needed)
        #expect(enough.shows("Scan the picture") && enough.shows(code.lines[4]))
    }

    @Test func `who may not reveal is told so`() {
        var bench = Bench()
        bench.model.user = Person(name: "sita", email: "sita@firm.example", role: .support)
        bench.press(":")
        bench.type("authenticator")
        bench.press(.enter)
        #expect(bench.toasts.first?.hasPrefix("Not permitted") == true && bench.effects.allSatisfy { $0.ticket == nil })
    }
}
