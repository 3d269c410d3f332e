import Domain
import Foundation
import Sandbox
import Testing
import Transport
import Wire

/// The reseller in front of NIC: plain JSON, a token of its own, numbers in front of the message.
@Suite(.timeLimit(.minutes(20))) struct EnrichedNicTests {
    private struct Reseller {
        let hand: NicHand
        var bearer = ""

        init(_ house: SandboxHouse, _ system: String = "irp") async throws {
            hand = NicHand(house, system)
            let given = try await send(
                .get, "/gsp/authenticate?grant_type=token",
                headers: ["gspappid": DemoWorld.clientId, "gspappsecret": DemoWorld.clientSecret])
            bearer = try #require(try JSONValue(given.body)["access_token"]?.text)
        }

        func send(
            _ method: HTTPMethod, _ path: String, _ json: String? = nil, headers more: [String: String]
        ) async throws -> HTTPResponse {
            var headers = HTTPHeaders()
            for (name, value) in more { headers[name] = value }
            let base = hand.house.ready.systems["nic-enriched"] ?? ""
            return try await hand.house.client.send(
                HTTPRequest(
                    method, url: base + path, headers: headers, body: json.map { .bytes(Array($0.utf8)) } ?? .none,
                    deadline: .now + .seconds(60)))
        }

        func call(
            _ method: HTTPMethod, _ path: String, _ json: String? = nil, id: String = UUID().uuidString
        ) async throws -> NicAnswer {
            let user = try hand.user()
            let response = try await send(
                method, path, json,
                headers: [
                    "Authorization": "Bearer \(bearer)", "gstin": hand.gstin, "user_name": user.name,
                    "password": user.password, "requestid": id,
                ])
            return try NicAnswer(response.body, style: .successResult)
        }
    }

    @Test func itShowsWhatThePortalHolds() async throws {
        try await SandboxHouse.with { house in
            let reseller = try await Reseller(house)
            let made = try await reseller.call(.post, "/enriched/ei/api/invoice", SampleInvoice().json)
            let result = try IrnResult(made.opened(under: nil))
            let direct = try await NicHand.loggedIn(house)
            let shown = try await direct.get(Nic.Path.invoice(irn: result.irn))
            #expect(try IrnResult(shown.opened(under: direct.sek)) == result)
            let again = try await reseller.call(.post, "/enriched/ei/api/invoice", SampleInvoice().json)
            #expect(again.errors == [NicError(code: "2150", message: "Duplicate IRN")] && again.infos.count == 1)
            let found = try await reseller.call(
                .get, "/enriched/ei/api/invoice/irnbydocdetails?doctype=INV&docnum=A%2F101&docdate=20%2F11%2F2026")
            #expect(try IrnResult(found.opened(under: nil)) == result)
            let cancelled = try await reseller.call(
                .post, "/enriched/ei/api/invoice/cancel", #"{"Irn":"\#(result.irn)","CnlRsn":"1","CnlRem":"x"}"#)
            #expect(cancelled.isSuccess)
        }
    }

    @Test func itSaysInAnAnswerThatThePortalIsDown() async throws {
        let fault = "commit_then_unavailable@/nic-enriched/enriched/ei/api/invoice"
        try await SandboxHouse.with(faults: [fault]) { house in
            let reseller = try await Reseller(house)
            let lost = try await reseller.call(.post, "/enriched/ei/api/invoice", SampleInvoice().json)
            #expect(lost.errors.map(\.message) == ["GSPGSTDOWN: the portal does not answer"])
            let again = try await reseller.call(.post, "/enriched/ei/api/invoice", SampleInvoice().json)
            #expect(again.errors.map(\.code) == ["2150"])
        }
    }

    @Test func eWayBillsGoThroughItToo() async throws {
        try await SandboxHouse.with { house in
            let reseller = try await Reseller(house, "ewb")
            let path = "/enriched/ewb/ewayapi?action=GENEWAYBILL"
            let made = try await EwbResult(reseller.call(.post, path, SampleBill.json()).opened(under: nil))
            let again = try await reseller.call(.post, path, SampleBill.json())
            #expect(again.errors.first?.code == "604" && again.errors.first?.message.contains(made.number) == true)
            let shown = try await reseller.call(.get, "/enriched/ewb/ewayapi/GetEwayBill?ewbNo=\(made.number)")
            #expect(try EwbDetail(shown.opened(under: nil)).documentNumber == "DC-7")
        }
    }

    @Test func aRequestIdIsGoodOnceAndATokenIsNeeded() async throws {
        try await SandboxHouse.with { house in
            var reseller = try await Reseller(house)
            let path = "/enriched/ei/api/master/gstin?gstin=\(NicHand.seller)"
            #expect(try await reseller.call(.get, path, id: "one").isSuccess)
            let repeated = try await reseller.call(.get, path, id: "one")
            #expect(!repeated.isSuccess && repeated.errors.first?.code == "")
            reseller.bearer = "x"
            let denied = try await reseller.send(.get, path, headers: ["Authorization": "Bearer x"])
            #expect(denied.status == 401)
        }
    }
}
