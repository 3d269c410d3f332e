import Domain
import Foundation
import Sandbox
import Testing
import Transport
import Wire

@Suite(.timeLimit(.minutes(20))) struct IdempotencyTests {
    @Test func theSameKeyAndBodyReturnTheFirstJob() async throws {
        try await withLogin { hand, identity, house in
            let first = try await hand.job(identity, key: "k-1")
            let second = try await hand.job(identity, key: "k-1")
            #expect(first.status == 202 && second.status == 202)
            #expect(try Self.jobId(first) == Self.jobId(second))
            let rows = try SandboxLedger.read(house.server.configuration.stateFolder)
            #expect(rows.count == 1)
            #expect(rows.first?.calls == 2)
            #expect(rows.first?.key == "k-1")
        }
    }

    @Test func theSameKeyWithAnotherBodyIsRefused() async throws {
        try await withLogin { hand, identity, _ in
            _ = try await hand.job(identity, key: "k-1")
            let other = try await hand.job(identity, key: "k-1", places: [.notices])
            #expect(other.status == 409)
            #expect(try BridgeHand.errorCode(other) == "conflict")
        }
    }

    @Test func aJobWithoutAKeyIsRefused() async throws {
        try await withLogin { hand, identity, _ in
            let response = try await hand.job(identity, key: nil)
            #expect(response.status == 400)
        }
    }

    @Test func manyAtOnceWithOneKeyStartOneJob() async throws {
        try await withLogin { hand, identity, house in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<32 { group.addTask { try await hand.job(identity, key: "k-1").status } }
                var statuses: Set<Int> = []
                for try await status in group { statuses.insert(status) }
                return statuses
            }
            // A request that comes while the first is served hears so; it never starts a second job.
            #expect(statuses.isSubset(of: [202, 409, 503]) && statuses.contains(202))
            #expect(try SandboxLedger.read(house.server.configuration.stateFolder).count == 1)
        }
    }

    @Test func whatWasAcceptedSurvivesARestart() async throws {
        let folder = NSTemporaryDirectory() + "sandbox-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let identity = try PortalIdentity(.gst, playedIdentity)
        let first = try await SandboxHouse.with(folder: folder) { house in
            try await Self.start(house, identity)
        }
        try await SandboxHouse.with(folder: folder) { house in
            #expect(try await Self.start(house, identity) == first)
            let hand = try await BridgeHand.authorised(house)
            let shown = try await hand.send(.get, Bridge.Path.job(first))
            #expect(try WireJSON.decode(BridgeJob.self, from: shown.body).payload.state == "succeeded")
            #expect(try SandboxLedger.read(folder).map(\.calls) == [2])
        }
    }

    @Test func aLineThatACrashCutShortIsDroppedAndTheRestIsKept() async throws {
        let folder = NSTemporaryDirectory() + "sandbox-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let identity = try PortalIdentity(.gst, playedIdentity)
        let first = try await SandboxHouse.with(folder: folder) { try await Self.start($0, identity) }
        let file = try #require(FileHandle(forWritingAtPath: folder + "/ledger.jsonl"))
        try file.seekToEnd()
        try file.write(contentsOf: Data(#"{"at":1,"client":"portaldesk-de"#.utf8))
        try file.close()
        try await SandboxHouse.with(folder: folder) { house in
            let again = try await Self.start(house, identity)
            #expect(again == first)
            let rows = try SandboxLedger.read(folder)
            #expect(rows.count == 1)
        }
    }

    @Test func anAcceptanceWhoseAnswerWasLostIsFoundByItsKey() async throws {
        try await SandboxHouse.with(faults: ["commit_then_close:1@/v1/jobs"]) { house in
            let identity = try PortalIdentity(.gst, playedIdentity)
            let account = try #require(house.world.account(identity))
            let hand = try await BridgeHand.authorised(house)
            try await hand.putLogin(identity, username: account.username, password: account.password)
            let failure = await #expect(throws: TransportFailure.self) { try await hand.job(identity, key: "k-1") }
            #expect(failure?.evidence == .unknown)
            #expect(try await hand.job(identity, key: "k-1").status == 202)
            #expect(try SandboxLedger.read(house.server.configuration.stateFolder).map(\.calls) == [2])
        }
    }

    private static func start(_ house: SandboxHouse, _ identity: PortalIdentity) async throws -> String {
        let account = try #require(house.world.account(identity))
        let hand = try await BridgeHand.authorised(house)
        try await hand.putLogin(identity, username: account.username, password: account.password)
        return try jobId(try await hand.job(identity, key: "k-1"))
    }

    private static func jobId(_ response: HTTPResponse) throws -> String {
        try WireJSON.decode(BridgeJob.self, from: response.body).payload.jobId
    }

    private func withLogin(_ body: (BridgeHand, PortalIdentity, SandboxHouse) async throws -> Void) async throws {
        try await SandboxHouse.with { house in
            let account = try #require(house.world.accounts.first)
            let hand = try await BridgeHand.authorised(house)
            try await hand.putLogin(account.identity, username: account.username, password: account.password)
            try await body(hand, account.identity, house)
        }
    }
}
