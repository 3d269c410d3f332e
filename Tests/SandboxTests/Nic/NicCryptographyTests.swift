import Crypto
import Domain
import Testing
import Wire

/// The wire's cryptography against answers that were worked out elsewhere (facts: nic-einvoice-ewb 1.8, 1.9).
@Suite struct NicCryptographyTests {
    private let appKey = SymmetricKey(data: (0...0x1F).map { UInt8($0) })
    private let sek = SymmetricKey(data: (0x20...0x3F).map { UInt8($0) })
    private let rek = SymmetricKey(data: (0x40...0x5F).map { UInt8($0) })

    @Test func theSessionKey() throws {
        let wire = "YaaTbk6PEBwcwfmTtUKg1OJ0Dor61OTRXQ1mGzguyomfO3UEkm+L024xGOkDpM1K"
        #expect(try NicKeys.wrapped(sek, under: appKey) == wire)
        #expect(try NicKeys.open(wire, under: appKey) == sek)
    }

    @Test func theDataOfARequest() throws {
        let json = Array(#"{"Irn":"abc","CnlRsn":"2","CnlRem":"test"}"#.utf8)
        let data = "Uwi9cAIcQOWWOY7GthiemnXMTcIqG3KeqYC5BQBf3BTuVNHZnS9w2b9skqTlxoP2"
        #expect(try NicKeys.sealed(json, under: sek) == data)
        #expect(try NicKeys.opened(data, under: sek) == json)
        #expect(try NicRequest.body(json, under: sek) == Array("{\"Data\":\"\(data)\"}".utf8))
        #expect(
            try NicRequest.body(.cancel, json, under: sek) == Array("{\"action\":\"CANEWB\",\"data\":\"\(data)\"}".utf8)
        )
    }

    @Test func anAnswerUnderItsOwnKeyWithItsHmac() throws {
        let json = #"{"ewbNo":341000000001,"status":"ACT"}"#
        let sealedRek = "nsnczqn1sSa6HnZ404MpQ0SrOthS9VcpkIu083f2Ofu+X0DaQDw+WhKW3ulf0pqN"
        let data = "4tnk1Y7+zRu2z3nGbBJi9dX0VjnBZm8R5swwvClLvZF6VEj63yVbMA6/kHUhP8cO"
        let hmac = "cspaX+H6vvwiRu/+nvMrUJ35oXJsHtub3I6WJz1MrFk="
        #expect(try NicKeys.wrapped(rek, under: sek) == sealedRek)
        #expect(NicKeys.hmac(Array(json.utf8), rek: rek) == hmac)
        let text = #"{"status":"1","data":"\#(data)","rek":"\#(sealedRek)","hmac":"\#(hmac)"}"#
        let opened = try EwbAnswer(Array(text.utf8)).opened(under: sek)
        #expect(opened.json == Array(json.utf8) && opened.isHmacRight == true)
        let other = try EwbAnswer(Array(text.replacing("cspaX", with: "cspaY").utf8)).opened(under: sek)
        #expect(other.json == Array(json.utf8) && other.isHmacRight == false)
    }

    @Test(arguments: [16, 24, 32]) func aSessionKeyUnderAnyAppKeyThatNicTakes(size: Int) throws {
        let key = SymmetricKey(data: (0..<size).map { UInt8($0 * 7 % 251) })
        let sealed = try NicKeys.wrapped(sek, under: key)
        #expect(sealed.utf8.count == 64)
        #expect(try NicKeys.open(sealed, under: key) == sek)
        #expect(throws: NicKeys.Refused.self) { try NicKeys.open(sealed, under: rek) }
    }

    @Test func whatIsNoCipherTextIsRefused() {
        for bad in ["", "AAAA", "not base64!", "YaaTbk6PEBwcwfmTtUKg1A=="] {
            #expect(throws: NicKeys.Refused.self) { try NicKeys.opened(bad, under: sek) }
        }
    }

    /// Production's and the sandbox's keys for logins.
    @Test(arguments: [NicPublicKeys.production, NicPublicKeys.sandbox, NicPublicKeys.signing2021])
    func thePublicKeysOfNicAreRead(base64: String) throws {
        let key = try RsaCertificate(pem: NicPublicKeys.pem(base64))
        #expect(key.encrypt([1, 2, 3])?.count == 256)
    }

    @Test func aLoginHoldsAHundredAndEightyThreeBytesAndNotOneMore() throws {
        let key = try RsaCertificate(pem: NicPublicKeys.pem(NicPublicKeys.sandbox))
        let body = try NicLogin.sealed([UInt8](repeating: 65, count: 183), for: key)
        let fields = try NicFields(body)
        #expect(fields.text("Data").flatMap(Base64.bytes)?.count == 256)
        #expect(throws: NicLogin.Problem.tooLong(bytes: 184, most: 183)) {
            try NicLogin.sealed([UInt8](repeating: 65, count: 184), for: key)
        }
        // 12 characters each, as NIC hands them out, leave room; a long password is refused by name.
        _ = try NicLogin.body(
            userName: "API_harihar1", password: Array("Neem@1234567".utf8), appKey: appKey, forceRefresh: false,
            for: key)
        let problem = #expect(throws: NicLogin.Problem.self) {
            try NicLogin.ewbBody(
                userName: "API_harihar1", password: [UInt8](repeating: 66, count: 90), appKey: appKey, for: key)
        }
        guard case .tooLong = problem else {
            Issue.record("refused as \(String(describing: problem))")
            return
        }
    }
}
