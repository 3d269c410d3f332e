import Domain
import Foundation
import Portals
import Sandbox
import Testing
import Transport
import Wire

@Suite(.timeLimit(.minutes(20))) struct ContractTests {
    @Test func withoutATokenNothingIsAnswered() async throws {
        try await SandboxHouse.with { house in
            for path in [
                Bridge.Path.health, Bridge.Path.capabilities, Bridge.Path.job("j_00000001"), Bridge.Path.tdsRequests,
            ] {
                let response = try await BridgeHand(house).send(.get, path)
                #expect(response.status == 401)
                #expect(try BridgeHand.errorCode(response) == "unauthenticated")
            }
        }
    }

    @Test func aTokenEndsWithItsLife() async throws {
        try await SandboxHouse.with(tokenLife: 60) { house in
            let hand = try await BridgeHand.authorised(house)
            #expect(try await hand.send(.get, Bridge.Path.health).status == 200)
            house.clock.advance(.seconds(61))
            let late = try await hand.send(.get, Bridge.Path.health)
            #expect(try BridgeHand.errorCode(late) == "token_expired")
            // That somebody else logs in makes it no unknown token.
            _ = try await BridgeHand.authorised(house)
            let later = try await hand.send(.get, Bridge.Path.health)
            #expect(try BridgeHand.errorCode(later) == "token_expired")
        }
    }

    @Test func everyAnswerRepeatsTheRequestIdAndSaysThatItIsSimulated() async throws {
        try await SandboxHouse.with { house in
            let hand = try await BridgeHand.authorised(house)
            let response = try await hand.send(.get, Bridge.Path.health, extra: ["X-Request-Id": "abc-1"])
            #expect(response.headers["x-request-id"] == "abc-1")
            #expect(response.headers["X-Simulated"] == "true")
            #expect(response.headers["X-Trace-Id"]?.isEmpty == false)
        }
    }

    @Test func allPortalsAreUpAndOfferTheirPlaces() async throws {
        try await SandboxHouse.with { house in
            let health = try await house.connector().health()
            #expect(health.mapValues(\.state) == [.gst: .up, .incomeTax: .up, .traces: .up])
            let hand = try await BridgeHand.authorised(house)
            let response = try await hand.send(.get, Bridge.Path.capabilities)
            let offer = try WireJSON.decode(BridgeCapabilities.self, from: response.body).payload
            #expect(offer.portals.flatMap(\.places) == Portal.allCases.flatMap(\.places).map(\.rawValue))
            #expect(offer.simulated == true)
        }
    }

    @Test func aStoredLoginCannotBeReadBack() async throws {
        try await SandboxHouse.with { house in
            let hand = try await BridgeHand.authorised(house)
            let identity = try PortalIdentity(.gst, playedIdentity)
            try await hand.putLogin(identity, username: "somebody", password: "Marker-77@zz")
            let response = try await hand.send(.get, Bridge.Path.credentials(identity))
            #expect(response.status == 404)
            let ledger = try String(
                contentsOfFile: house.server.configuration.stateFolder + "/ledger.jsonl", encoding: .utf8)
            #expect(!ledger.contains("Marker-77"))
        }
    }

    @Test(arguments: [1, 7, 50, 200])
    func pagesOfAnySizeDeliverEveryNoticeInOrder(limit: Int) async throws {
        try await SandboxHouse.with(faults: ["page_two:\(playedIdentity)"]) { house in
            let (hand, identity) = try await Self.fetched(house)
            var seen: [String] = []
            var updated: [String] = []
            var cursor: String?
            repeat {
                let path = Bridge.Path.notices(of: identity, cursor: cursor, limit: limit)
                let page = try WireJSON.decode(BridgeNoticePage.self, from: try await hand.send(.get, path).body)
                    .payload
                #expect(page.items.count <= limit)
                #expect(page.hasMore == (page.nextCursor != nil))
                seen += page.items.compactMap(\.row).map(\.id)
                updated += page.items.compactMap(\.row).map(\.updatedAt)
                cursor = page.nextCursor
            } while cursor != nil
            #expect(seen.count >= 120 && Set(seen).count == seen.count)
            #expect(updated == updated.sorted())
        }
    }

    @Test(arguments: ["limit=0", "limit=201", "limit=x", "cursor=nonsense"])
    func aBadPageRequestIsRefused(query: String) async throws {
        try await SandboxHouse.with { house in
            let (hand, identity) = try await Self.fetched(house)
            let path = "\(Bridge.Path.notices)?portal=gst&identity=\(identity.text)&\(query)"
            #expect(try await hand.send(.get, path).status == 400)
        }
    }

    @Test func partOfADocumentCanBeAskedFor() async throws {
        try await SandboxHouse.with(faults: ["page_two:\(playedIdentity)"]) { house in
            let (hand, identity) = try await Self.fetched(house)
            let list = try await hand.send(.get, Bridge.Path.notices(of: identity, cursor: nil, limit: 1))
            let first = try #require(
                try WireJSON.decode(BridgeNoticePage.self, from: list.body).payload.items.first?.row)
            let detail = try await hand.send(.get, Bridge.Path.notice(first.id))
            let document = try #require(
                try WireJSON.decode(BridgeNotice.self, from: detail.body).payload.documents?.first)
            let whole = try await hand.send(.get, Bridge.Path.document(document.id))
            let part = try await hand.send(.get, Bridge.Path.document(document.id), extra: ["Range": "bytes=0-4"])
            #expect(part.status == 206 && part.body == Array("%PDF-".utf8))
            #expect(whole.headers["ETag"] == "\"\(ContentHash.sha256(whole.body))\"")
            #expect(whole.body.count == document.size)
        }
    }

    @Test func aJobShowsItsPlacesGrowingAndCanBeCancelled() async throws {
        try await SandboxHouse.with(pace: 1) { house in
            let (hand, identity) = try await Self.started(house)
            func job() async throws -> BridgeJob {
                let response = try await hand.send(.get, Bridge.Path.job("j_00000001"))
                return try WireJSON.decode(BridgeJob.self, from: response.body).payload
            }
            #expect(try await job().state == "queued")
            house.clock.advance(.milliseconds(150))
            #expect(try await job().state == "running")
            house.clock.advance(.milliseconds(800))
            #expect(try await job().places?.count == 1)
            _ = try await hand.send(.post, Bridge.Path.cancel("j_00000001"), Array("{}".utf8))
            #expect(try await job().state == "cancelled")
            #expect(identity.text == playedIdentity)
        }
    }

    @Test func aTdsRequestIsSubmittedAndLaterAvailable() async throws {
        try await SandboxHouse.with(pace: 1) { house in
            let account = try house.account(.traces)
            let hand = try await BridgeHand.authorised(house)
            try await hand.putLogin(account.identity, username: account.username, password: account.password)
            let asked = BridgeTdsRequest(
                identity: account.identity.text, kind: "conso_file", formType: "26Q", financialYear: "2025-26",
                quarter: 2)
            let response = try await hand.send(.post, Bridge.Path.tdsRequests, WireJSON.encode(asked), key: "t-1")
            #expect(response.status == 202)
            house.clock.advance(.seconds(6))
            let list = try await hand.send(.get, Bridge.Path.tdsRequests)
            let rows = try WireJSON.decode(BridgeTdsRequestPage.self, from: list.body).payload.items
            #expect(rows.map(\.status) == ["Available"])
        }
    }

    static func started(_ house: SandboxHouse) async throws -> (BridgeHand, PortalIdentity) {
        let account = try #require(house.world.accounts.first)
        let hand = try await BridgeHand.authorised(house)
        try await hand.putLogin(account.identity, username: account.username, password: account.password)
        let response = try await hand.job(account.identity, key: "k-1")
        try #require(response.status == 202)
        return (hand, account.identity)
    }

    static func fetched(_ house: SandboxHouse) async throws -> (BridgeHand, PortalIdentity) { try await started(house) }
}
