import Domain
import Foundation
import Sandbox
import Store
import Synchronization
import Testing

@testable import Services

/// What a disk that refuses does to a job.
@Suite(.timeLimit(.minutes(20))) struct LostWriteTests {
    private final class Disk: Sendable {
        let refusals: Mutex<[StoreProblem]>
        let waits = Mutex<[Duration]>([])
        init(_ refusals: [StoreProblem]) { self.refusals = Mutex(refusals) }

        func write() throws -> String {
            try refusals.withLock { if !$0.isEmpty { throw $0.removeFirst() } }
            return "stored"
        }

        func store(isStopping: Bool) async -> String? {
            let until = UntilStored(
                alarm: { wait in self.waits.withLock { $0.append(wait) } }, isStopping: { isStopping })
            return await until.run {
                try write()
            } onFailure: { _ in
            }
        }
    }

    @Test func anOutcomeIsStoredWhenTheDiskHasRoomAgain() async {
        let disk = Disk([.full, .full, .locked])
        #expect(await disk.store(isStopping: false) == "stored")
        #expect(disk.waits.withLock { $0 } == [.seconds(1), .seconds(2), .seconds(4)])
    }

    @Test func aStopWaitsForThreeTriesAndNoLonger() async {
        let disk = Disk([.full, .full, .full, .full])
        #expect(await disk.store(isStopping: true) == nil)
        #expect(disk.refusals.withLock { $0.count } == 1)
    }

    @Test func whatNoWaitingMendsIsNotTriedAgain() async {
        let disk = Disk([.refused("there is no job 1")])
        #expect(await disk.store(isStopping: false) == nil)
        #expect(disk.waits.withLock { $0.isEmpty })
    }

    @Test func aDocumentThatCannotBeStoredKeepsTheFetchFromBeingDone() async throws {
        try await WorkHouse.with(.pageTwo) { house in
            let documents = house.place.home.documents
            try FileManager.default.removeItem(atPath: documents)
            _ = try house.place.file("home/documents", "in the way")
            let job = try await house.run()
            #expect(job.status == .retrying)
            let listed = try await house.workspace.store.read { reader in
                try reader.notices(NoticeQuery()).rows.compactMap { try reader.notice($0.id) }
                    .flatMap(\.facts.documents)
            }
            #expect(!listed.isEmpty && listed.allSatisfy { $0.sha256 == nil }, "content that nobody has")
            try FileManager.default.removeItem(atPath: documents)
            try await house.advanceToNextTry(job.id)
            try await house.work()
            #expect(try await house.job(job.id).status == .done)
        }
    }

    @Test func whoWaitsForAWorkerThatNeverComesIsTold() async throws {
        try await WorkHouse.with { house in
            let id = try await house.trigger()
            let refused = await house.place.time.passing(.seconds(2)) {
                await complaint { try await house.workspace.sync.wait(for: [id]) { _ in } }
            }
            #expect(refused?.status == .tryLater)
        }
    }

    @Test func whoWaitsIsGivenTheEndOfTheJob() async throws {
        try await WorkHouse.with { house in
            let id = try await house.trigger()
            async let jobs = house.workspace.sync.wait(for: [id]) { _ in }
            try await house.work()
            #expect(try await jobs.map(\.status) == [.done])
        }
    }

    @Test func aWorkerWithoutTheVaultsKeyEndsAndTheJobStaysQueued() async throws {
        try await WorkHouse.with { house in
            let id = try await house.trigger()
            house.workspace.keyring.lock()
            let refused = await complaint { try await house.work() }
            #expect(refused?.status == .notPermitted)
            let job = try await house.job(id)
            #expect(job.status == .queued && job.attempt == 0)
            #expect(await house.server.calls().isEmpty)
            // Our own lack says nothing of the provider.
            #expect(try await house.summary().isProviderOk == nil)
        }
    }
}
