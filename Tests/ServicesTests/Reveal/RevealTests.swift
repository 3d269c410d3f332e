import Domain
import Foundation
import Portals
import Secrets
import Testing
import Vault

@testable import Services
@testable import Store

/// A password shows after the right code, once, and to nobody else.
@Suite(.timeLimit(.minutes(20))) struct RevealTests {
    @Test func theRightCodeShowsThePasswordOnceAndAllOfItIsOnRecord() async throws {
        let office = try await Office.make()
        let challenge = try await office.admin.reveal.begin(Office.first, reason: "the client asked")
        #expect(challenge.way == .mail("a•••@firm.example"))
        #expect(challenge.expiresAt == office.place.time.now + .seconds(300))
        let (code, to) = try await office.mailed()
        #expect(to == "asha@firm.example")
        let wrong = await complaint { try await office.admin.reveal.confirm(challenge, code: code.wrong) }
        #expect(wrong == .wrongCode)
        let shown = try await office.admin.reveal.confirm(challenge, code: code)
        #expect(shown.password.text == Office.secret(Office.first))
        #expect(shown.until == office.place.time.now + .seconds(30))
        let again = await complaint { try await office.admin.reveal.confirm(challenge, code: code) }
        #expect(again == .wrongCode)
        await office.admin.reveal.hide(Office.first)
        #expect(
            try await office.actions() == [
                "asha account.set done", "asha reveal.request done", "asha reveal.code sent", "asha reveal.code wrong",
                "asha reveal done", "asha reveal.code wrong", "asha reveal.hide done",
            ])
    }

    @Test func ofTwoRightAnswersAtOnceOneSucceeds() async throws {
        let office = try await Office.make()
        for _ in 1...5 {
            let challenge = try await office.admin.reveal.begin(Office.first, reason: "")
            let code = try await office.mailed().code
            let shown = await withTaskGroup { group in
                for _ in 1...8 {
                    group.addTask { (try? await office.admin.reveal.confirm(challenge, code: code)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(shown == 1)
            try await office.forgive()
            office.place.time.advance(.seconds(6 * 60))
        }
    }

    @Test func fiveWrongCodesVoidIt() async throws {
        let office = try await Office.make()
        let challenge = try await office.admin.reveal.begin(Office.first, reason: "")
        let code = try await office.mailed().code
        for _ in 1...5 {
            let wrong = await complaint { try await office.admin.reveal.confirm(challenge, code: code.wrong) }
            #expect(wrong == .wrongCode)
        }
        // And whoever was wrong so often waits.
        let waits = await complaint { try await office.admin.reveal.confirm(challenge, code: code) }
        #expect(waits?.what == "the reveal is locked for 16 seconds")
        office.place.time.advance(.seconds(16))
        let void = await complaint { try await office.admin.reveal.confirm(challenge, code: code) }
        #expect(void == .wrongCode)
    }

    @Test func aCodeRunsOutAndANewOneEndsTheOneBefore() async throws {
        let office = try await Office.make()
        let challenge = try await office.admin.reveal.begin(Office.first, reason: "")
        let code = try await office.mailed().code
        office.place.time.advance(.seconds(300))
        #expect(await complaint { try await office.admin.reveal.confirm(challenge, code: code) } == .wrongCode)
        let second = try await office.admin.reveal.begin(Office.first, reason: "")
        let secondCode = try await office.mailed().code
        office.place.time.advance(.seconds(31))
        let third = try await office.admin.reveal.begin(Office.first, reason: "")
        #expect(await complaint { try await office.admin.reveal.confirm(second, code: secondCode) } == .wrongCode)
        let code3 = try await office.mailed().code
        #expect(try await office.admin.reveal.confirm(third, code: code3).password.text == Office.secret(Office.first))
    }

    @Test func onlySoManyCodesAreSent() async throws {
        let office = try await Office.make()
        var waits: [Int64] = []
        for _ in 1...10 {
            var challenge: RevealService.Challenge?
            while challenge == nil {
                do {
                    challenge = try await office.admin.reveal.begin(Office.first, reason: "")
                } catch {
                    #expect(error.status == .tryLater)
                    office.place.time.advance(.seconds(1))
                }
            }
            waits.append(office.place.time.now.milliseconds / 1_000)
        }
        // One in half a minute, three in a quarter of an hour.
        #expect(zip(waits.dropFirst(), waits).map(-) == [30, 30, 840, 30, 30, 840, 30, 30, 840])
        office.place.time.advance(.seconds(3_600))
        let refused = await complaint { try await office.admin.reveal.begin(Office.first, reason: "") }
        #expect(refused?.why == "enough were sent in the last 24 hours")
    }

    @Test func withoutMailNothingIsRevealedAndNoCodeWaits() async throws {
        let office = try await Office.make(settings: "")
        let refused = await complaint { try await office.admin.reveal.begin(Office.first, reason: "") }
        #expect(refused?.what == "no code could be sent, so nothing is revealed")
        #expect(refused?.status == .badConfiguration)
        let left = try await office.admin.store.read { try $0.challenge(of: "asha") }
        #expect(left == nil)
        #expect(try await office.actions().suffix(2) == ["asha reveal.request done", "asha reveal.code not sent"])
    }

    @Test func afterAnotherAddressRevealsRestForADay() async throws {
        let office = try await Office.make()
        try await office.admin.people.setEmail(of: "asha", "elsewhere@firm.example")
        let refused = await complaint { try await office.admin.reveal.begin(Office.first, reason: "") }
        #expect(refused?.status == .notPermitted && refused?.why == "the address for codes was changed")
    }

    @Test func anOlderPasswordThatWasPutBackIsNoticed() async throws {
        let office = try await Office.make()
        let account = try #require(try await office.admin.credentials.account(Office.first))
        let older = try #require(try await office.admin.store.read { try $0.sealedPassword(account.id) })
        try await office.admin.credentials.setLogin(
            Office.first, username: "user", password: SecretBytes(utf8: "the new one"))
        #expect(try await office.admin.credentials.login(of: account.id).login?.password.text == "the new one")
        // Whoever can write the database puts back the whole row and its version, everywhere but in the audit trail.
        let bytes = older.bytes.map { String(format: "%02x", $0) }.joined()
        try office.admin.store.withWriter { writer in
            try writer.execute(
                "UPDATE account_password SET sealed = x'\(bytes)', version = \(older.version) WHERE account_id = \(account.id.rawValue)"
            )
            try writer.execute(
                "UPDATE account SET login_version = \(older.version) WHERE id = \(account.id.rawValue)")
        }
        let refused = await complaint { try await office.admin.credentials.login(of: account.id) }
        #expect(refused?.what == "an older password of \(Office.first) was put back")
        let challenge = try await office.admin.reveal.begin(Office.first, reason: "")
        let code = try await office.mailed().code
        #expect(await complaint { try await office.admin.reveal.confirm(challenge, code: code) } == refused)
    }
}
