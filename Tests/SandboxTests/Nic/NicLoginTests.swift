import Crypto
import Domain
import Sandbox
import Testing
import Transport
import Wire

@Suite(.timeLimit(.minutes(20))) struct NicLoginTests {
    @Test func aSecondLoginGivesTheSameTokenUnderItsOwnKey() async throws {
        try await SandboxHouse.with { house in
            var hand = NicHand(house)
            let first = try await hand.logIn()
            let sek = hand.sek
            let second = try await hand.logIn(force: true)
            #expect(second.token == first.token && second.expiresAt == first.expiresAt)
            #expect(second.sealedSek != first.sealedSek && hand.sek == sek)
            // Only the last ten minutes bring a new one, and only when it is asked for.
            house.clock.advance(.seconds(3_000))
            #expect(try await hand.logIn().token == first.token)
            #expect(try await hand.logIn(force: true).token != first.token)
        }
    }

    @Test func aTokenEndsAfterAnHour() async throws {
        try await SandboxHouse.with { house in
            var hand = try await NicHand.loggedIn(house)
            house.clock.advance(.seconds(3_600))
            #expect(try await hand.get(Nic.Path.gstin(NicHand.seller)).errors.map(\.code) == ["1005"])
            try await hand.logIn()
            #expect(try await hand.get(Nic.Path.gstin(NicHand.seller)).isSuccess)
        }
    }

    @Test(arguments: [16, 24]) func aShorterAppKeyIsUsedAsItIs(size: Int) async throws {
        try await SandboxHouse.with { house in
            var hand = NicHand(house)
            try await hand.logIn(appKey: SymmetricKey(data: [UInt8](repeating: 7, count: size)))
            #expect(try await hand.get(Nic.Path.gstin(NicHand.seller)).isSuccess)
        }
    }

    @Test func whatIsMissingOrWrongHasItsNumber() async throws {
        try await SandboxHouse.with { house in
            let hand = NicHand(house)
            func code(_ body: String, _ change: (inout NicHand) -> Void = { _ in }) async throws -> String? {
                var hand = hand
                change(&hand)
                return try await NicAnswer(hand.send(.post, Nic.Path.login, Array(body.utf8)).body).errors.first?.code
            }
            #expect(try await code("{}") == "5003")
            #expect(try await code(#"{"Data":"AAAA"}"#) == "1020")
            #expect(try await code("{}") { $0.gstin = "" } == "1004")
            func login(_ json: String) async throws -> String? {
                let body = try NicLogin.sealed(Array(json.utf8), for: hand.certificate())
                return try await NicAnswer(hand.send(.post, Nic.Path.login, body).body).errors.first?.code
            }
            let user = try hand.user()
            let key = Base64.text([UInt8](repeating: 1, count: 32))
            #expect(try await login(#"{"Password":"x","AppKey":"\#(key)"}"#) == "1006")
            #expect(try await login(#"{"UserName":"\#(user.name)","Password":"x","AppKey":"AAAA"}"#) == "1016")
            #expect(try await login(#"{"UserName":"nobody","Password":"x","AppKey":"\#(key)"}"#) == "1017")
            #expect(try await login(#"{"UserName":"\#(user.name)","Password":"x","AppKey":"\#(key)"}"#) == "1019")
            let open = try await hand.get(Nic.Path.gstin(NicHand.seller))
            #expect(open.errors.map(\.code) == ["1006"])
            var stranger = try await NicHand.loggedIn(house)
            stranger.gstin = NicHand.buyer
            #expect(try await stranger.get(Nic.Path.gstin(NicHand.seller)).errors.map(\.code) == ["1015"])
        }
    }

    @Test func eWayBillLoginsAreCounted() async throws {
        try await SandboxHouse.with { house in
            var hand = NicHand(house, "ewb")
            for _ in 0..<5 { try await hand.logIn() }
            let body = try NicLogin.ewbBody(
                userName: "x", password: Array("y".utf8), appKey: SymmetricKey(size: .bits256), for: hand.certificate())
            #expect(try await EwbAnswer(hand.send(.post, Nic.EwbPath.login, body).body).error?.codes == ["658"])
            house.clock.advance(.seconds(900))
            #expect(try await EwbAnswer(hand.send(.post, Nic.EwbPath.login, body).body).error?.codes == ["108"])
        }
    }

    @Test func anExpiredTokenIsAnotherErrorThanNone() async throws {
        try await SandboxHouse.with { house in
            var hand = try await NicHand.loggedIn(house, "ewb")
            house.clock.advance(.seconds(6 * 3_600))
            #expect(try await hand.ewbGet(Nic.EwbPath.bill("1")).error?.codes == ["106"])
            hand.token = "never"
            #expect(try await hand.ewbGet(Nic.EwbPath.bill("1")).error?.codes == ["238"])
            hand.token = ""
            #expect(try await hand.ewbGet(Nic.EwbPath.bill("1")).error?.codes == ["105"])
        }
    }
}
