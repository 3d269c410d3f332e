import Domain
import Foundation
import Secrets
import Testing
import Vault

@testable import Services
@testable import Store

/// Who gets in, for how long, and what a login opens.
@Suite(.timeLimit(.minutes(20))) struct LoginTests {
    private func refusal(_ workspace: Workspace, _ name: String, _ password: String) async -> Complaint? {
        await complaint { try await workspace.login.login(name, SecretBytes(utf8: password)) }
    }

    @Test func aWrongPasswordAndAnUnknownNameGetTheSameAnswer() async throws {
        let office = try await Office.make()
        try await office.add("olu", .operator_)
        let wrong = await refusal(office.admin, "olu", "not it")
        let unknown = await refusal(office.admin, "nobody", "not it")
        #expect(wrong?.status == .notPermitted && wrong == unknown)
        try await office.admin.people.disable("olu")
        #expect(await refusal(office.admin, "olu", Office.password) == wrong)
        let rows = try await office.admin.store.read { try $0.auditEvents(AuditQuery(action: "login")) }
        let failed = rows.filter { $0.outcome == "failed" }
        // A name that nobody has may be a password in the wrong field.
        #expect(failed.map(\.subject) == ["olu", "unknown", "olu"])
        #expect(
            failed.map { AuditDetail.facts($0.detail)["reason"] } == ["wrong password", "no such user", "disabled"])
    }

    @Test func afterWrongPasswordsOneWaitsLongerAndLonger() async throws {
        let office = try await Office.make()
        try await office.add("olu", .operator_)
        for _ in 1...3 { #expect(await refusal(office.admin, "olu", "not it")?.what == "not logged in") }
        for seconds in [4, 8, 16, 32] {
            // Not even the right one is looked at before.
            let locked = await refusal(office.admin, "olu", Office.password)
            #expect(locked?.what == "the login of olu is locked for \(seconds) seconds")
            office.place.time.advance(.seconds(Int64(seconds)))
            #expect(await refusal(office.admin, "olu", "not it")?.what == "not logged in")
        }
        #expect(Patience.wait(after: 40) == .seconds(3_600) && Patience.wait(after: 100) == nil)
        // An admin unlocks, and a success starts the count anew.
        try await office.admin.people.enable("olu")
        _ = try await office.enter("olu")
        #expect(try await office.admin.store.read { try $0.failures(.login, of: "olu") } == nil)
    }

    @Test func aSessionIsTakenUpUntilItIdlesOrRunsOut() async throws {
        let office = try await Office.make()
        let time = office.place.time
        func next() async throws -> Person? {
            let workspace = try Workspace.open(office.place.home, office.admin.surroundings)
            defer { workspace.close() }
            return try await workspace.login.resume()
        }
        for _ in 1...23 {
            time.advance(.seconds(29 * 60))
            #expect(try await next()?.name == "asha")
        }
        // 11 hours and 7 minutes: busy all the time, but twelve hours are the end.
        for minutes in [29, 20] {
            time.advance(.seconds(Int64(minutes) * 60))
            #expect(try await next()?.name == "asha")
        }
        time.advance(.seconds(5 * 60))
        #expect(try await next() == nil)
        #expect(await complaint { try await office.admin.sync.summary() } == .sessionEnded)
        _ = try await office.admin.login.login("asha", SecretBytes(utf8: Place.password))
        time.advance(.seconds(30 * 60))
        #expect(try await next() == nil)
    }

    @Test func theSessionsFileAndRowAloneGiveNothing() async throws {
        let office = try await Office.make()
        let file = try await office.admin.login.sessionFile()
        let secret = try #require(file.load()?.secret)
        let session = try #require(try await office.admin.store.read { try $0.session(secret.id) })
        #expect(!session.id.isEmpty && session.sealed.count == 12 + 32 + 16)
        // The row knows neither the secret nor the key; another secret opens it not.
        #expect(throws: (any Error).self) { try SessionSecret().open(session.sealed, for: "asha") }
        #expect(throws: (any Error).self) { try secret.open(session.sealed, for: "olu") }
        try await office.admin.login.logout()
        #expect(file.load() == nil)
        #expect(try await office.admin.store.read { try $0.session(secret.id) } == nil)
        #expect(office.admin.keyring.isEmpty && office.admin.keyring.own == nil)
        #expect(await complaint { try await office.admin.sync.summary() } == .notLoggedIn)
    }

    /// As from a second terminal of the same person.
    private func beside(_ workspace: Workspace) throws -> Workspace {
        try Workspace.open(workspace.home, workspace.surroundings)
    }

    @Test func loggingInBesideOnesOpenDeskEndsNeither() async throws {
        let office = try await Office.make()
        let second = try beside(office.admin)
        _ = try await second.login.login("asha", SecretBytes(utf8: Place.password))
        for workspace in [office.admin, second, try beside(office.admin)] {
            if case .nobody = workspace.acting.current { _ = try await workspace.login.resume() }
            #expect(try await workspace.login.whoami()?.person.name == "asha")
        }
        let file = try await office.admin.login.sessionFile()
        #expect(office.admin.login.lock() != nil && file.load() == nil)
        #expect(await complaint { try await second.sync.summary() } == nil)
    }

    @Test func anIdleDeskLeavesTheSessionThatAnotherOneUses() async throws {
        let office = try await Office.make()
        let (idle, time) = (office.admin, office.place.time)
        let busy = try beside(idle)
        _ = try await busy.login.resume()
        let touched = time.now
        time.advance(.seconds(240))
        await busy.login.touch(at: time.now)
        time.advance(.seconds(60))
        #expect(idle.login.lock(idleSince: touched) == nil)
        #expect(idle.keyring.isEmpty, "its own keys are wiped all the same")
        #expect(await complaint { try await idle.sync.summary() } == .notLoggedIn)
        #expect(await complaint { try await busy.sync.summary() } == nil)
        // Now nobody else is left.
        let last = time.now
        time.advance(.seconds(300))
        #expect(busy.login.lock(idleSince: last - .seconds(60)) != nil)
        #expect(try await busy.login.sessionFile().load() == nil)
    }

    @Test func aDeskThatWasAloneEndsItsSessionWhenItLocks() async throws {
        let office = try await Office.make()
        let time = office.place.time
        let touched = time.now
        time.advance(.seconds(1))
        // Its own sign of life, written a little after its last key.
        await office.admin.login.touch(at: time.now)
        time.advance(.seconds(299))
        #expect(office.admin.login.lock(idleSince: touched) != nil)
    }

    @Test func commandsAreToldThatTheLockedDeskEndedTheirSession() async throws {
        let office = try await Office.make()
        let second = try beside(office.admin)
        _ = try await second.login.resume()
        let session = try #require(office.admin.login.lock())
        let before = office.admin.login.absence()
        #expect(before.status == .notPermitted && before.what == "the vault is locked")
        #expect(before.why.contains("the desk was locked on ") && before.remedy.contains("portaldesk login"))
        // One that runs learns it at its next step, and the reason with it.
        try await office.admin.login.closeSession(session)
        #expect(await complaint { try await second.sync.summary() } == before)
        _ = try await office.admin.login.login("asha", SecretBytes(utf8: Place.password))
        #expect(office.admin.login.absence() == .notLoggedIn)
        _ = office.admin.login.lock()
        try await office.admin.login.logout()
        #expect(office.admin.login.absence() == .notLoggedIn, "who logs out knows why")
    }

    @Test func aDeskWhoseSessionEndedLeavesTheOneThatSomebodyElseBegan() async throws {
        let office = try await Office.make()
        try await office.add("ravi", .operator_)
        let second = try beside(office.admin)
        _ = try await second.login.login("ravi", SecretBytes(utf8: Office.password))
        #expect(await complaint { try await office.admin.sync.summary() } == .sessionEnded)
        _ = office.admin.login.lock()
        #expect(try await second.login.whoami()?.person.name == "ravi")
        #expect(try await beside(office.admin).login.resume()?.name == "ravi")
    }

    @Test func aFileThatOthersCanReadIsNoSession() async throws {
        let office = try await Office.make()
        let path = try await office.admin.login.sessionFile().path
        chmod(path, 0o640)
        #expect(try await office.admin.login.resume() == nil)
    }

    @Test func aCheaperHashIsMadeAnewAtTheNextLogin() async throws {
        let office = try await Office.make()
        let own = try #require(office.admin.keyring.own).key
        let cheap = try PersonalLogin("asha", SecretBytes(utf8: "old"), own, cost: .init(logRounds: 9))
        try await office.admin.store.write { try $0.store(cheap, of: "asha") }
        _ = try await office.admin.login.login("asha", SecretBytes(utf8: "old"))
        let phc = try #require(try await office.admin.store.read { try $0.passwordHash(of: "asha") })
        #expect(phc.hasPrefix("$scrypt$ln=10,r=8,p=1$"))
        // The key is the same one: what was granted to it still opens.
        let key = try #require(try await office.admin.store.read { try $0.holderKey("person/asha") })
        #expect(key.publicKey == cheap.key.publicKey.bytes)
        _ = try await office.admin.login.login("asha", SecretBytes(utf8: "old"))
    }

    @Test func anOlderWorkspaceMovesToTheVaultAtItsAdminsFirstLogin() async throws {
        let place = try Place()
        let older = try await place.olderWorkspace()
        _ = try await older.businesses.add(
            BusinessDraft(name: "Harihar & Co", pan: try Pan(Office.second.text), gstin: try Gstin(Office.first.text)))
        for identity in [Office.first, Office.second] {
            try await older.credentials.setLogin(
                identity, username: "user", password: SecretBytes(utf8: Office.secret(identity)))
        }
        older.close()
        let workspace = try Workspace.open(place.home, place.surroundings)
        let outcome = try await workspace.login.login("asha", SecretBytes(utf8: Place.password))
        #expect(!FileManager.default.fileExists(atPath: place.home.vaultKey))
        let status = try await workspace.vault.status()
        #expect(status.holders == ["person/asha", "recovery"] && status.secrets == 2 && status.waiting == 0)
        for identity in [Office.first, Office.second] {
            #expect(try await workspace.credentials.password(of: identity).text == Office.secret(identity))
        }
        // The code that was shown opens it when every password is lost, once.
        let code = try #require(outcome.recoveryCode)
        workspace.close()
        let lost = try Workspace.open(place.home, place.surroundings)
        let wrong = await complaint {
            try await lost.vault.recover(
                SecretBytes(utf8: "no code"), admin: "asha", password: SecretBytes(utf8: "another long password"))
        }
        #expect(wrong?.status == .notPermitted)
        let failed = try await lost.store.read {
            try $0.auditEvents(AuditQuery(subject: "asha", action: "vault.recover"))
        }
        #expect(failed.map(\.outcome) == ["failed"])
        let next = try await lost.vault.recover(
            code, admin: "asha", password: SecretBytes(utf8: "another long password"))
        #expect(next.text != code.text)
        _ = try await lost.login.login("asha", SecretBytes(utf8: "another long password"))
        #expect(try await lost.credentials.password(of: Office.first).text == Office.secret(Office.first))
        let again = await complaint {
            try await lost.vault.recover(code, admin: "asha", password: SecretBytes(utf8: "one more password"))
        }
        #expect(again != nil)
    }
}
