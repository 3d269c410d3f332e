import Domain
import Foundation
import Sandbox
import Testing
import Transport
import Wire

/// What a GSTIN can be made to meet.
@Suite(.timeLimit(.minutes(20))) struct NicPlayedTests {
    private func with(_ outcome: MagicOutcome, _ body: (NicHand) async throws -> Void) async throws {
        try await SandboxHouse.with(faults: ["\(outcome.rawValue):\(NicHand.seller)"]) { house in
            try await body(NicHand(house))
        }
    }

    @Test func whatIsRegisteredCannotAlwaysBeRead() async throws {
        try await with(.placeFailed) { hand in
            var hand = hand
            try await hand.logIn()
            let made = try await hand.register()
            #expect(try await hand.send(.get, Nic.Path.invoice(irn: made.irn)).status == 504)
            #expect(try await hand.get(Nic.Path.gstin(NicHand.seller)).isSuccess)
        }
    }

    @Test func aForgedSignatureIsSeen() async throws {
        try await with(.wrongHash) { hand in
            var hand = hand
            try await hand.logIn()
            let made = try await hand.register()
            let keys = try hand.signatureKeys()
            for token in [made.signedInvoice, made.signedQr] {
                #expect(throws: SignatureProblem.signature) { try SignedDocument(verifying: token ?? "", keys: keys) }
            }
        }
    }

    @Test func resultsCanHaveAnotherShapeOrMore() async throws {
        try await with(.portalChanged) { hand in
            var hand = hand
            try await hand.logIn()
            let answer = try await hand.post(Nic.Path.invoice, SampleInvoice().json)
            let json = try answer.opened(under: hand.sek)
            #expect(throws: WireJSON.Problem.self) { try IrnResult(json) }
        }
        try await with(.unknownField) { hand in
            var hand = hand
            try await hand.logIn()
            let answer = try await hand.post(Nic.Path.invoice, SampleInvoice().json)
            let json = try answer.opened(under: hand.sek)
            #expect(String(decoding: json, as: UTF8.self).contains("Mood"))
            #expect(try IrnResult(json).status == .active)
        }
    }

    @Test(arguments: [(MagicOutcome.locked, "1014"), (.notRegistered, "1017"), (.wrongPassword, "1019")])
    func someAreNotLetIn(outcome: MagicOutcome, code: String) async throws {
        try await with(outcome) { hand in
            let user = try hand.user()
            let key = Base64.text([UInt8](repeating: 1, count: 32))
            let login = #"{"UserName":"\#(user.name)","Password":"\#(user.password)","AppKey":"\#(key)"}"#
            let body = try NicLogin.sealed(Array(login.utf8), for: hand.certificate())
            #expect(try await NicAnswer(hand.send(.post, Nic.Path.login, body).body).errors.map(\.code) == [code])
        }
    }

    @Test func aTokenThatEndsMidwayIsRenewed() async throws {
        try await with(.sessionExpiredMidway) { hand in
            var hand = hand
            try await hand.logIn()
            #expect(try await hand.get(Nic.Path.gstin(NicHand.seller)).errors.map(\.code) == ["1005"])
            try await hand.logIn()
            #expect(try await hand.get(Nic.Path.gstin(NicHand.seller)).isSuccess)
        }
    }

    @Test func theFirstTwoCallsAreHeldBack() async throws {
        try await with(.unavailableTwice) { hand in
            var hand = hand
            for _ in 0..<2 { #expect(try await hand.send(.get, Nic.Path.gstin(NicHand.seller)).status == 503) }
            try await hand.logIn()
            #expect(try await hand.get(Nic.Path.gstin(NicHand.seller)).isSuccess)
        }
    }
}
