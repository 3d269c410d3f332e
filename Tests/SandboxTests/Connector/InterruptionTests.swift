import Domain
import Portals
import Sandbox
import Synchronization
import Testing

/// A fetch that is interrupted by us says nothing about the places that it did not come to.
@Suite(.timeLimit(.minutes(20))) struct InterruptionTests {
    /// Interrupts the fetch at the first document that is looked for.
    private final class Interrupter: FetchReporter {
        let inner = RecordingReporter()
        private let task = Mutex<Task<FetchReport, any Error>?>(nil)

        func begin(_ task: Task<FetchReport, any Error>) { self.task.withLock { $0 = task } }

        func hasDocument(sha256: String) async -> Bool {
            while true {
                if let task = task.withLock({ $0 }) {
                    task.cancel()
                    return false
                }
                await Task.yield()
            }
        }

        func log(_ level: LogLevel, _ step: String, _ message: String, detail: String) async {
            await inner.log(level, step, message, detail: detail)
        }
        func progress(_ percent: Int) async { await inner.progress(percent) }
        func read(_ reading: PlaceReading, notices: [NoticeFacts]) async throws {
            await inner.read(reading, notices: notices)
        }
        func storedDocument(externalId: String) async -> NoticeDocument? { nil }
        func store(document: NoticeDocument, bytes: [UInt8]) async throws {}
        func setAside(_ record: StrayRecord) async throws {}
    }

    private func interrupt(_ connector: some PortalConnector, _ request: FetchRequest) async -> [PlaceReading] {
        let reporter = Interrupter()
        let task = Task<FetchReport, any Error> { try await connector.fetch(request, reporter: reporter) }
        reporter.begin(task)
        let ended = await failure { _ = try await task.value }
        #expect(ended != nil, "the fetch was not interrupted")
        return await reporter.inner.readings
    }

    @Test func aBridgesPlacesAreNotCalledFailed() async throws {
        try await SandboxHouse.with(faults: ["page_two:\(playedIdentity)"]) { house in
            let account = try #require(house.world.account(PortalIdentity(.gst, playedIdentity)))
            #expect(await interrupt(house.connector(), SandboxHouse.request(account)).isEmpty)
        }
    }

    @Test func theNoticesOfAGspAreNotCalledFailed() async throws {
        try await SandboxHouse.with(faults: ["page_two:\(playedIdentity)"]) { house in
            let connector = house.gsp(MemoryKeeper())
            let account = try house.played()
            _ = await failure { try await house.verify(connector, account) }
            try await house.verify(connector, account, answer: SandboxHouse.gstnOtp)
            let found = await interrupt(connector, SandboxHouse.request(account))
            #expect(!found.contains { $0.place == .notices })
        }
    }
}
