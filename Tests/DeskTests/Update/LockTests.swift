import Domain
import Secrets
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("The lock") struct LockTests {
    private static let olu = Person(name: "olu", email: "olu@firm.example", role: .operator_)

    private func login(_ person: Person) -> DeskInput {
        .loggedIn(LoggedIn(person: person, summary: Sample.summary, recoveryCode: nil))
    }

    @Test func `after minutes without a key nothing shows, keys are wiped, and what was typed is gone`() throws {
        var bench = try Bench.editLogin()
        bench.press(.tab)
        bench.type("t!ger-Lotus-88")
        bench.input(.idle(minutes: 5))
        #expect(bench.effects.contains { if case .wipeKeys(let since) = $0 { since != nil } else { false } })
        #expect(bench.shows("nobody touched it for 5 minutes"))
        for word in ["Configure", "prime", "GST", Sample.gstins[1], "asha (admin)"] {
            #expect(!bench.shows(word), "\(word) still shows")
        }
        bench.input(login(Sample.asha))
        #expect(bench.shows("Edit · Prime Traders"), "the same person goes on where the desk was left")
        #expect(bench.shows("kept unless you type a new one"))
    }

    @Test func `a key locks at once, also from a form and a dialog`() throws {
        for key in [Key.function(12), .alt("l")] {
            var form = try Bench.editLogin()
            form.press(key)
            #expect(form.model.isLocked)
            var dialog = Bench()
            dialog.press(.control("c"), key)
            #expect(dialog.model.isLocked && !dialog.shows("Quit PortalDesk?"))
        }
    }

    @Test func `nothing but a login goes while it is locked`() throws {
        var bench = Bench()
        bench.press(.function(12))
        bench.press("q", ":", .escape, .function(7), "f", .tab)
        bench.input(.changed)
        bench.input(.summary(Sample.summary))
        #expect(bench.model.isLocked && !bench.model.isFinished)
        #expect(!bench.history.contains { if case .fetch = $0 { true } else { false } })
        bench.press(.control("c"))
        #expect(bench.effects == [.quit])
    }

    @Test func `somebody else begins on a fresh main screen`() throws {
        var bench = try Bench.editLogin()
        bench.press(.function(12))
        bench.input(login(Self.olu))
        #expect(!bench.model.isLocked && !bench.shows("Edit ·") && !bench.shows("View/Edit"))
        try bench.answer(.activity(Sample.page()))
        #expect(bench.shows("olu (operator)") && bench.shows("Total 4,884 items"))
    }

    @Test func `a wrong password is told and the next one can be typed`() throws {
        var bench = Bench()
        bench.press(.function(12))
        bench.type("wrong one")
        bench.press(.enter)
        guard case .logIn(let name, let password)? = bench.effects.first else {
            Issue.record("nobody was asked")
            return
        }
        #expect(name == "asha" && password.count == 9)
        #expect(bench.shows("Opening the vault"))
        bench.press("x")
        bench.input(.loginFailed(Complaint("not logged in", why: "the password is wrong", status: .notPermitted)))
        #expect(bench.shows("✗ Not logged in: the password is wrong"))
        bench.type("another")
        #expect(bench.shows("•••••••") && !bench.shows("••••••••"))
    }

    @Test func `a session that ended locks too`() {
        var bench = Bench()
        bench.input(.sessionEnded)
        #expect(bench.model.isLocked && bench.shows("Your session has ended"))
    }

    @Test func `a recovery code shows once, until it is written down`() throws {
        var bench = Bench()
        bench.press(.function(12))
        let code = SecretBytes(utf8: "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789")
        bench.input(.loggedIn(LoggedIn(person: Sample.asha, summary: Sample.summary, recoveryCode: code)))
        #expect(bench.shows("ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789"))
        bench.press(.space, .escape, .enter)
        #expect(bench.shows("ABCD-EFGH"), "a stray key does not take it away")
        bench.press("w")
        #expect(!bench.model.isLocked && !bench.shows("ABCD-EFGH"))
    }

    @Test func `what a role may not is disabled with its reason`() throws {
        let sam = Person(name: "sam", email: "sam@firm.example", role: .support)
        var bench = Bench()
        bench.press(.function(12))
        bench.input(login(sam))
        try bench.answer(.activity(Sample.page()))
        bench.press("f")
        #expect(bench.toasts == ["Not permitted: support may look and retry jobs, no more"])
        bench.press("1")
        try bench.answer(.accounts(Sample.accountPage()))
        bench.press("e")
        #expect(!bench.shows("Edit ·") && bench.shows("Not permitted"))
    }
}
