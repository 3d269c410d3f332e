import Domain
import Secrets
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("API sessions at GSTN") struct SessionsTests {
    static func open(
        _ index: Int = 0, size: Size = Sample.wide, rows: [GspService.Standing] = Sample.standings
    ) throws -> Bench {
        var bench = Bench(size: size)
        bench.press(.alt("g"))
        try bench.answerLast(.standings(Sample.standingPage(rows)))
        for _ in 0..<index { bench.press(.down) }
        return bench
    }

    @Test func `every GSTIN says what is known of API access, and what to do`() throws {
        var bench = try Self.open()
        #expect(bench.selectedRow.contains("✓ Yes") && bench.selectedRow.contains("● Open"))
        bench.press(.down)
        #expect(
            bench.selectedRow.contains("✓ Yes") && bench.shows("An OTP is with the authorised signatory, good until"))
        bench.press(.down)
        #expect(bench.selectedRow.contains("✗ No"))
        #expect(bench.shows("My Profile, Manage API Access, Enable API Request: Yes"))
        bench.press(.down)
        #expect(bench.selectedRow.contains("? Unknown") && bench.shows("Session expired"))
        bench.press(.down)
        #expect(bench.selectedRow.contains("? Unknown") && bench.shows("whether API access is on is not known"))
        bench.press(.down)
        #expect(
            !bench.selectedRow.contains("Unknown") && bench.shows("bridge serves this GSTIN without an API session"))
    }

    @Test func `the filter is the store's, and Enter opens the way for the selected GSTIN`() throws {
        var bench = try Self.open(2)
        bench.press("/")
        bench.type("lotus")
        #expect(
            bench.effects.contains {
                if case .gsp(.page(let query), _) = $0 { query.text == "lotus" } else { false }
            })
        bench.press(.escape)
        try bench.answerLast(.standings(Sample.standingPage()))
        bench.press(.enter)
        #expect(bench.shows("Connect · "))
    }
}

@Suite("Connecting a GSTIN") struct ConnectTests {
    /// The guided way of one GSTIN, as far as `connection`.
    static func open(
        _ connection: GspService.Connection, size: Size = Sample.wide, user: Person = Sample.asha
    ) throws -> Bench {
        var bench = Bench(size: size, user: user)
        bench.press(.alt("g"))
        try bench.answerLast(.standings(Sample.standingPage()))
        bench.press(.down, .enter)
        try bench.answerLast(.connection(connection))
        return bench
    }

    private func wishes(_ bench: Bench) -> [GspWish] {
        bench.effects.compactMap { if case .gsp(let wish, _) = $0 { wish } else { nil } }
    }

    @Test func `the provider is chosen first`() throws {
        var bench = try Self.open(Sample.connection(isServed: false))
        #expect(bench.shows("bridge is no GSP") && bench.shows("‹ firm-gsp ›"))
        bench.press(.right, .enter)
        #expect(wishes(bench) == [.choose("other-gsp", Sample.identity(1))])
        try bench.answerLast(.connection(Sample.connection(missing: ["client_secret"])))
        #expect(bench.shows("not in the vault: client_secret"))
        var none = Sample.connection(isServed: false)
        none.choices = []
        #expect(try Self.open(none).shows("portaldesk provider add FILE"))
    }

    @Test func `secrets are typed masked, go to the vault one by one, and are gone when the desk is locked`() throws {
        var bench = try Self.open(Sample.connection(missing: ["client_secret", "api_key"]))
        bench.type("s3cret-one")
        #expect(!bench.shows("s3cret") && bench.shows("••••"))
        bench.input(.idle(minutes: 5))
        bench.input(.loggedIn(LoggedIn(person: Sample.asha, summary: Sample.summary, recoveryCode: nil)))
        try bench.answerLast(.connection(Sample.connection(missing: ["client_secret", "api_key"])))
        bench.press(.enter, .enter)
        #expect(bench.shows("client_secret is needed.") && wishes(bench).isEmpty)
        bench.type("s3cret-one")
        bench.press(.enter)
        bench.type("s3cret-two")
        bench.press(.enter)
        let kept = wishes(bench).compactMap { wish -> String? in
            guard case .keep(let secret, let field, "firm-gsp") = wish else { return nil }
            return "\(field)=" + secret.withBytes { String(decoding: $0, as: UTF8.self) }
        }
        #expect(kept == ["client_secret=s3cret-one", "api_key=s3cret-two"])
    }

    @Test func `only an admin enters the GSP's secrets`() throws {
        let olu = Person(name: "olu", email: "olu@firm.example", role: .operator_)
        var bench = try Self.open(Sample.connection(missing: ["client_secret"]), user: olu)
        #expect(bench.shows("Not permitted: only an admin may do this"))
        bench.type("s3cret")
        bench.press(.enter)
        #expect(!bench.history.contains { if case .gsp(.keep, _) = $0 { true } else { false } })
    }

    @Test func `asking for the OTP tells whether access is on, and how to switch it on`() throws {
        var bench = try Self.open(Sample.connection())
        #expect(bench.shows("not known until GSTN is asked"))
        bench.press(.enter)
        #expect(wishes(bench) == [.begin(Sample.identity(1))])
        try bench.answerLast(.connection(Sample.connection(job: Sample.job(31, .running, kind: .verify))))
        #expect(bench.shows("The worker has it: job 31"))
        bench.press(.enter)
        bench.input(.changed)
        let failed = Sample.job(31, .failed, kind: .verify, cause: .noApiAccess, message: "AUTH4037")
        var off = try Self.open(Sample.connection(.accessOff, job: failed))
        #expect(off.shows("off") && off.shows("Manage API Access") && off.shows("API access off: AUTH4037"))
        off.press(.enter)
        #expect(wishes(off) == [.begin(Sample.identity(1))])
    }

    @Test func `the OTP is passed on once, and the first call ends the way`() throws {
        let job = Sample.job(31, .needsInput, kind: .verify, cause: .otpRequired, message: "GSTN sent an OTP")
        var bench = try Self.open(Sample.connection(.awaitsOtp, job: job))
        bench.type("575 757")
        bench.press(.enter, .enter)
        let sent = bench.history.filter { if case .relay(.answer(JobId(31), _), _) = $0 { true } else { false } }
        #expect(sent.count == 1 && !bench.shows("575"))
        try bench.answerLast(.done("Answered"))
        try bench.answerLast(.connection(Sample.connection(.open)))
        #expect(bench.shows("one cheap call shows that it works"))
        bench.press(.enter)
        #expect(wishes(bench) == [.begin(Sample.identity(1))])
        try bench.answerLast(.connection(Sample.connection(.open, isVerified: true)))
        #expect(bench.shows("✓ Connected until"))
        bench.press(.enter)
        #expect(bench.shows("API sessions at GSTN"))
    }

    @Test func `an OTP that was not taken is said, and another one can be typed, however the answers come`() throws {
        let job = Sample.job(31, .needsInput, kind: .verify, cause: .otpRequired, message: "GSTN sent an OTP")
        var bench = try Self.open(Sample.connection(.awaitsOtp, job: job))
        bench.type("111111")
        bench.press(.enter)
        let passedOn = try #require(bench.history.last { $0.ticket != nil }?.ticket)
        // What the worker did is seen before the answer to the own request comes.
        bench.input(.changed)
        var again = job
        again.message = "GSTN did not take this OTP"
        try bench.answerLast(.connection(Sample.connection(.awaitsOtp, job: again)))
        bench.input(.loaded(.done("Answered"), passedOn))
        try bench.answerLast(.connection(Sample.connection(.awaitsOtp, job: again)))
        #expect(bench.shows("GSTN did not take this OTP"))
        bench.type("575757")
        #expect(bench.shows("575757"))
        bench.press(.enter)
        let sent = bench.history.filter { if case .relay(.answer, _) = $0 { true } else { false } }
        #expect(sent.count == 2)
    }

    @Test func `a job that waits for its next try says when, and holds nobody back`() throws {
        var fetch = Sample.job(31, .retrying, cause: .portalDown, message: "503 Service Unavailable")
        var bench = try Self.open(Sample.connection(job: fetch))
        #expect(bench.shows("portal down: 503 Service Unavailable. Job 31 tries again at 18:47."))
        #expect(!bench.shows("The worker has it"))
        bench.press(.enter)
        #expect(wishes(bench) == [.begin(Sample.identity(1))])
        // An answer has just been handed on: its turn comes at once.
        fetch.nextTryAt = Sample.now
        #expect(try Self.open(Sample.connection(job: fetch)).shows("The worker has it: job 31"))
    }

    @Test func `what was under way when the desk was locked does not stay so`() throws {
        var bench = try Self.open(Sample.connection())
        bench.press(.enter)
        #expect(bench.shows("Asking GSTN…"))
        bench.input(.idle(minutes: 5))
        bench.input(.loggedIn(LoggedIn(person: Sample.asha, summary: Sample.summary, recoveryCode: nil)))
        try bench.answerLast(.connection(Sample.connection()))
        #expect(!bench.shows("Asking GSTN…") && bench.shows("Ask for the OTP"))
    }

    @Test func `without a login the form of the login opens`() throws {
        var bench = try Self.open(Sample.connection(username: nil))
        #expect(bench.shows("no login is stored"))
        bench.press(.enter)
        #expect(bench.effects.contains { if case .loadAccount(Sample.identity(1), _) = $0 { true } else { false } })
        try bench.answerLast(.account(nil))
        #expect(bench.toasts == ["No business has this identity any more"])
        bench.press(.enter)
        try bench.answerLast(.account(Sample.account(1)))
        try bench.answerLast(.server(IdentityServer(name: "firm-gsp", isGsp: true)))
        #expect(bench.shows("firm-gsp is a GSP") && bench.shows("it serves the bridge and people"))
    }
}
