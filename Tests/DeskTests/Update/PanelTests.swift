import Domain
import Secrets
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("The Configure panel and its form") struct PanelTests {
    @Test func `the menu offers what can be done and says why the rest cannot`() throws {
        var bench = try Bench.configure()
        bench.press(.down, .down, .down, .enter)
        #expect(bench.shows("Fetch Data  No login is stored yet: press e to enter it"))
        bench.press("v")
        #expect(bench.toasts == ["No login is stored yet: press e to enter it"])
        bench.press(.escape, .up, .enter, "f")
        #expect(bench.effects.first?.isFetch(of: [Sample.identity(2)]) == true)
    }

    @Test func `marks fetch and verify several, leaving out those without a login`() throws {
        var bench = try Bench.configure()
        bench.press("A", "v")
        let able = [0, 1, 2, 4, 5].map { Sample.identity($0) }
        guard case .verify(let identities, _)? = bench.effects.first else {
            Issue.record("nothing was verified")
            return
        }
        #expect(identities == able)
    }

    @Test func `the trigger is told in the words of the document`() throws {
        var bench = try Bench.configure()
        bench.press("f")
        var result = SyncService.Triggered()
        result.created = [JobId(5)]
        try bench.answerLast(.triggered(result))
        #expect(bench.toasts == ["Triggered Successfully"])
    }

    @Test func `Esc clears marks, then the filter, then closes`() throws {
        var bench = try Bench.configure()
        bench.press("/")
        bench.type("prime")
        bench.press(.enter)
        try bench.answer(.accounts(Sample.accountPage()))
        bench.press(.space, .escape)
        #expect(!bench.shows("marked") && bench.shows("filter: prime"))
        bench.press(.escape)
        #expect(bench.shows("filter: none"))
        bench.press(.escape)
        #expect(!bench.shows("View/Edit"))
    }

    @Test func `Submit saves, asks the portal once, and closes when the portal accepts`() throws {
        var bench = try Bench.editLogin()
        bench.press(Key.control("u"))
        bench.type("prime.27")
        bench.press(.tab)
        bench.type("t!ger")
        bench.press(.enter)
        guard case .saveLogin(let identity, let username, let password, _)? = bench.effects.first else {
            Issue.record("nothing was saved")
            return
        }
        #expect(identity == Sample.identity(1) && username == "prime.27" && password?.count == 5)
        try bench.answerLast(.loginSaved(verifyJob: JobId(9)))
        #expect(bench.shows("Asking the portal: exactly one attempt"))
        bench.press(.enter, "x")
        #expect(bench.effects.isEmpty, "no second attempt is made while the first is under way")
        bench.input(.changed)
        try bench.answerLast(.job(Sample.job(9, .running, kind: .verify)))
        #expect(bench.shows("Asking the portal"))
        bench.input(.changed)
        let ticket = try #require(bench.effects.first { if case .loadJob = $0 { true } else { false } }?.ticket)
        bench.input(.loaded(.job(Sample.job(9, .done, kind: .verify)), ticket))
        #expect(bench.toasts == ["Verified"] && !bench.shows("Password"))
    }

    @Test func `a refusal says what the portal said and waits for another password`() throws {
        var bench = try Bench.editLogin()
        bench.press(.tab, .enter)
        try bench.answerLast(.loginSaved(verifyJob: JobId(9)))
        try bench.answerLast(.job(Sample.job(9, .failed, cause: .wrongPassword, message: "EF00027 Invalid Password")))
        #expect(bench.shows("✗ Not Verified: wrong password: EF00027 Invalid Password"))
        bench.type("next")
        bench.press(.enter)
        #expect(bench.effects.contains { if case .saveLogin(_, _, .some, _) = $0 { true } else { false } })
    }

    @Test func `a portal that is down postpones the verdict and says when it is tried again`() throws {
        var bench = try Bench.editLogin()
        bench.press(.tab, .enter)
        try bench.answerLast(.loginSaved(verifyJob: JobId(9)))
        try bench.answerLast(.job(Sample.job(9, .retrying, cause: .portalDown, message: "503")))
        #expect(bench.shows("portal down: 503. It is tried again at 18:47 by itself"))
        bench.input(.changed)
        #expect(bench.effects.contains { if case .loadJob(JobId(9), _) = $0 { true } else { false } })
    }

    @Test func `a form that cannot be sent names the field; Esc discards`() throws {
        var bench = try Bench.editLogin(3)
        bench.press(.tab, .enter)
        #expect(bench.shows("the user name is needed") && bench.shows("the password is needed"))
        #expect(bench.effects.isEmpty)
        bench.press(.escape)
        #expect(!bench.shows("Username"))
    }

    /// A GSP opens its session with the taxpayer's OTP.
    @Test func `under a GSP a user name is enough, and the form says whom a password serves`() throws {
        var bench = try Bench.editLogin(3)
        try bench.answerLast(.server(IdentityServer(name: "firm-gsp", isGsp: true)))
        #expect(bench.shows("GSTN never gets this password"))
        bench.type("lotus.27")
        bench.press(.tab)
        #expect(bench.shows("not needed under a GSP"))
        bench.press(.enter)
        let saved = bench.effects.contains {
            if case .saveLogin(_, "lotus.27", password: nil, _) = $0 { true } else { false }
        }
        #expect(saved && !bench.shows("the password is needed"))
    }

    @Test func `a pasted password is one edit, never submits and never shows`() throws {
        var bench = try Bench.editLogin()
        bench.press(.tab)
        bench.input(.event(.paste("s3cret-Word\n")))
        #expect(bench.effects.isEmpty && bench.shows("•••••••••••"))
        #expect(!bench.shows("s3cret"))
        #expect(!"\(bench.model)".contains("s3cret"), "not even in a description of the state")
    }
}

extension Effect {
    func isFetch(of identities: [PortalIdentity]) -> Bool {
        if case .fetch(let asked, _) = self { asked == identities } else { false }
    }
}
