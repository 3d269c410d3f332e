import Domain
import Secrets
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("Showing a stored password") struct RevealTests {
    static let password = "Kadamba@7391"

    static var challenge: RevealService.Challenge {
        RevealService.Challenge(
            id: "c1", identity: Sample.identity(1), way: .mail("a•••@firm.example"),
            expiresAt: Sample.now + .seconds(300),
            resendAt: Sample.now + .seconds(30), doubt: nil)
    }

    /// In the form, with the code asked for.
    static func asked(size: Size = Sample.wide) throws -> Bench {
        var bench = try Bench.editLogin(size: size)
        bench.press(.function(2))
        bench.type("the client asked")
        bench.press(.enter)
        try bench.answerLast(.challenge(challenge))
        return bench
    }

    static func shown(size: Size = Sample.wide) throws -> Bench {
        var bench = try asked(size: size)
        bench.type("1234 5678")
        bench.press(.enter)
        let revealed = RevealService.Revealed(
            password: SecretBytes(utf8: password), until: bench.now + .seconds(30))
        try bench.answerLast(.revealed(revealed))
        return bench
    }

    @Test func `a reason is asked, the code goes out, the password shows in the field`() throws {
        var bench = try Bench.editLogin()
        try bench.click("◉ show")
        #expect(bench.shows("Reason"))
        bench.type("the client asked")
        bench.press(.enter)
        guard case .requestCode(let identity, let reason, _)? = bench.effects.first else {
            Issue.record("no code was asked for")
            return
        }
        #expect(identity == Sample.identity(1) && reason == "the client asked")
        try bench.answerLast(.challenge(Self.challenge))
        #expect(bench.shows("Sent to a•••@firm.example") && bench.shows("valid for 5:00"))
        bench.pass(61)
        bench.input(.tick)
        #expect(bench.shows("valid for 3:59") && bench.shows("F4 sends another"))
        bench.type("1234 5678")
        bench.press(.enter)
        guard case .enterCode(_, let code, _)? = bench.effects.first else {
            Issue.record("no code was handed over")
            return
        }
        #expect(code.withBytes { String(decoding: $0, as: UTF8.self) } == "12345678")
        try bench.answerLast(.failed(Complaint("the code is not right", status: .notPermitted)))
        #expect(bench.shows("✗ The code is not right"))
        #expect(!bench.shows("1234"))
    }

    @Test(arguments: ["time", "focus", "lock", "Esc", "eye", "typing", "submit"])
    func `it is masked again`(by way: String) throws {
        var bench = try Self.shown()
        #expect(bench.shows(Self.password) && bench.shows("◉ hide F2 · 30 s"))
        switch way {
        case "time":
            bench.pass(29)
            bench.input(.tick)
            #expect(bench.shows(Self.password) && bench.shows("· 1 s"))
            bench.pass(1)
            bench.input(.tick)
        case "focus": bench.input(.event(.focusOut))
        case "lock": bench.press(.function(12))
        case "Esc": bench.press(.escape)
        case "eye": bench.press(.function(2))
        case "typing": bench.type("x")
        default: bench.press(.enter)
        }
        #expect(!bench.shows(Self.password))
        #expect(bench.history.contains(.hidePassword(Sample.identity(1))))
        if way == "Esc" { #expect(bench.shows("Edit ·"), "one layer at a time") }
        if way == "lock" {
            bench.input(.loggedIn(LoggedIn(person: Sample.asha, summary: Sample.summary, recoveryCode: nil)))
        }
        #expect(!bench.shows(Self.password))
        #expect(!bench.model.showsSeconds)
    }

    @Test func `another screen over the form masks it at once`() throws {
        var bench = try Self.shown()
        bench.press(.function(9))
        #expect(bench.shows("Waiting for people") && bench.history.contains(.hidePassword(Sample.identity(1))))
        bench.press(.escape)
        #expect(bench.shows("Edit ·") && !bench.shows(Self.password))
    }

    @Test func `leaving for the mail's window keeps the question open`() throws {
        var bench = try Self.asked()
        bench.input(.event(.focusOut))
        #expect(bench.shows("The code for") && bench.model.showsSeconds)
        bench.press(.function(4))
        #expect(bench.shows("Another code can be sent in 30 seconds"))
        bench.press(.escape)
        #expect(!bench.shows("The code for") && bench.shows("Edit ·"))
    }

    @Test func `the hints are those of the dialog on top, and can be clicked`() throws {
        var bench = try Bench.editLogin()
        #expect(!bench.shows("F4 another code"))
        try bench.click("F2 show password")
        #expect(bench.shows("Show the password of") && !bench.shows("F2 show password"))
        bench.press(.enter)
        try bench.answerLast(.challenge(Self.challenge))
        try bench.click("F4 another code")
        #expect(bench.shows("Another code can be sent in 30 seconds"))
        try bench.click("Esc cancel")
        #expect(!bench.shows("The code for") && bench.shows("Edit ·"))
        var shown = try Self.shown()
        try shown.click("[ Cancel ]")
        #expect(shown.history.contains(.hidePassword(Sample.identity(1))))
    }

    @Test func `who may not see it is told so, and a login without a password has no eye`() throws {
        var bench = try Bench.editLogin(3)
        #expect(!bench.shows("◉ show"))
        bench.press(.function(2))
        #expect(bench.toasts == ["No password is stored yet"])
        var plain = Bench(user: Person(name: "olu", email: "o@firm.example", role: .operator_, grants: [.edit]))
        plain.press("1")
        try plain.answer(.accounts(Sample.accountPage()))
        plain.press("e", .function(2))
        #expect(plain.toasts == ["Not permitted: an admin has not granted olu to reveal credentials"])
    }

    @Test func `a code that could not be sent says why`() throws {
        var bench = try Bench.editLogin()
        bench.press(.function(2), .enter)
        try bench.answerLast(
            .failed(Complaint("no code could be sent, so nothing is revealed", why: "no mail", status: .unavailable)))
        #expect(bench.shows("✗ No code could be sent, so nothing is revealed: no mail"))
    }
}
