import Domain
import Foundation
import Sandbox
import Synchronization
import Testing

@testable import Services
@testable import Store

/// What is left of a fetch that an error ends in the middle.
@Suite(.timeLimit(.minutes(20))) struct BrokenFetchTests {
    private static let betweenDocuments = Duration.milliseconds(7)
    private static let call = "GET /efiling/iec/document/{id}"

    private func stored(_ house: WorkHouse) async throws -> Int {
        let account = try await house.account(WorkHouse.pan)
        return try await house.workspace.store.read { try $0.storedDocuments(account.id).count }
    }

    @Test func documentsThatCameBeforeAnErrorAreOnRecordAndNotDownloadedAgain() async throws {
        let pauses = Mutex(0)
        let isPortalWell = Mutex(false)
        let settings = "[portals]\nincome_tax = \"sandbox-efiling\""
        try await WorkHouse.with(
            faults: ["page_two:\(WorkHouse.pan)"], settings: settings,
            onPause: { wait, time in
                guard wait == Self.betweenDocuments, !isPortalWell.withLock({ $0 }) else { return }
                // From the thirtieth document on every session is over before the next one. The first is replaced by
                // another login, the second ends the fetch.
                let number = pauses.withLock { count in
                    count += 1
                    return count
                }
                if number >= 30 { time.advance(.seconds(901)) }
            }
        ) { house in
            let written = house.server.configuration.stateFolder + "/profiles/efiling.toml"
            let text = try String(contentsOfFile: written, encoding: .utf8)
            try text.replacing("document_ms = 0", with: "document_ms = 7").write(
                toFile: house.place.home.providers + "/efiling.toml", atomically: true, encoding: .utf8)
            try await house.authorise(WorkHouse.pan)
            let job = try await house.run(.fetch, WorkHouse.pan)
            #expect(job.status == .retrying && job.cause == .sessionExpired)
            #expect(try await house.account(WorkHouse.pan).status != .verified, "the fetch did not come to its end")
            #expect(try await stored(house) == 30)
            let before = await house.calls(Self.call)

            isPortalWell.withLock { $0 = true }
            try await house.advanceToNextTry(job.id)
            try await house.work()
            #expect(try await house.job(job.id).status == .done)
            let all = try await stored(house)
            #expect(all > 120)
            // A few are asked for anew by every fetch.
            let again = await house.calls(Self.call) - before
            #expect(again < all - 20, "\(again) of \(all) were downloaded after the error, with 30 on record")
        }
    }
}
