import Domain
import Sandbox
import Store
import Testing

@testable import Services

/// Nobody's portal is entered through unpublished services without their written consent.
@Suite(.timeLimit(.minutes(20))) struct AuthorityTests {
    @Test func withoutAnAuthorityNothingIsAskedOfThePortal() async throws {
        try await WorkHouse.withTraces { house, tan in
            for kind in [JobKind.fetch, .verify] {
                let triggered = try await house.workspace.sync.trigger(kind, [tan], by: .desk)
                #expect(triggered.ids.isEmpty)
                #expect(triggered.refused.first?.reason.contains("account authority --portal traces") == true)
            }
            let plan = try await house.workspace.sync.planAll(nil)
            #expect(plan.queued == 2 && plan.withoutAuthority == 1 && plan.standing == 0)
            let all = try await house.workspace.sync.triggerAll(nil, by: .command)
            let after = try await house.workspace.sync.planAll(nil)
            #expect(after.queued == 0 && after.standing == 2)
            #expect(all.created.count == 2 && all.withoutAuthority == 1)
            #expect(try await house.workspace.sync.triggerAll(.traces, by: .command).ids.isEmpty)
            try await house.work()
            #expect(await house.calls("POST /traces/loginservice/api/auth/login") == 0)
            #expect(house.ledger.allSatisfy { $0.system != "traces" })
        }
    }

    @Test func anAuthorityThatIsWithdrawnHoldsBackWhatIsQueuedAlready() async throws {
        try await WorkHouse.withTraces { house, tan in
            try await house.authorise(tan)
            let job = try await house.trigger(.fetch, tan)
            try await house.workspace.authorities.withdraw(tan)
            try await house.work()
            let ended = try await house.job(job)
            #expect(ended.status == .failed && ended.cause == .noAuthority)
            #expect(ended.message.contains("no written authority"))
            #expect(house.ledger.allSatisfy { $0.system != "traces" })
        }
    }

    @Test func theRecordSaysWhoWhenAndWhere() async throws {
        try await WorkHouse.withTraces { house, tan in
            try await house.authorise(tan)
            let own = try await house.workspace.authorities.standing(of: tan)
            let authority = own.authority
            #expect(own.isNeeded && authority?.givenOn.description == "2026-04-01" && authority?.note == "folder 12")
            let elsewhere = try await house.workspace.authorities.standing(of: WorkHouse.gst)
            #expect(!elsewhere.isNeeded && elsewhere.authority == nil && !elsewhere.isMissing)
            let both = try await house.workspace.authorities.standings(of: [tan, WorkHouse.gst])
            #expect(both == [tan: own, WorkHouse.gst: elsewhere])
            let rows = try await house.workspace.read { try $0.auditEvents() }
            #expect(rows.contains { $0.action == "authority.record" })
        }
    }

    @Test func aDayThatHasNotComeYetIsRefused() async throws {
        try await WorkHouse.withTraces { house, tan in
            let tomorrow = LegalDate.inIndia(house.place.time.now + .seconds(86_400))
            await #expect(throws: Complaint.self) {
                try await house.workspace.authorities.record(tan, givenOn: tomorrow, note: "")
            }
            await #expect(throws: Complaint.self) { try await house.workspace.authorities.withdraw(tan) }
        }
    }
}
