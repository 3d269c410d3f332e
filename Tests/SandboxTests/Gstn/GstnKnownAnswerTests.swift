import Crypto
import Testing
import Wire

/// The wire's cryptography against answers that were worked out elsewhere: one recorded from a live exchange, the rest
/// with OpenSSL (facts: gstn-taxpayer 1.4 and appendix A).
@Suite struct GstnKnownAnswerTests {
    private let appKey = SymmetricKey(data: Array("07d4fd376dd7a64b36ca081e28958cb7".utf8))
    private let sek = SymmetricKey(data: (0...0x1F).map { UInt8($0) })
    private let rek = SymmetricKey(data: (0x20...0x3F).map { UInt8($0) })

    @Test func theOtpThatWasRecorded() throws {
        #expect(try GstnKeys.sealed(otp: "688364", under: appKey) == "8N4Q55Su527yFuIlmx81zg==")
    }

    @Test func theSessionKey() throws {
        let wire = "Zd9t4a59+BsGlKVN+uNWGmf4k9moYghiB87JG607mkkI7/4ocxOw5FEnI3PXpTlF"
        #expect(try GstnKeys.sealed(sek, under: appKey) == wire)
        #expect(try GstnKeys.open(wire, under: appKey) == sek)
    }

    @Test func aRequest() throws {
        let sealed = try GstnSealed(Array(#"{"gstin":"09AAFHH6756K1ZQ","ret_period":"042026"}"#.utf8), key: sek)
        #expect(
            sealed.data
                == "Yk+RcqizWfrUHghV30528aXPezt9E03wCEAj4nj7aCTeGnI3oFSKOhRXAgRasBf6R6X8S3ohZiP7qJLtdmEnGmlWKdTDATvXyre6qDde5qo="
        )
        #expect(sealed.hmac == "kRfJaTcgtTjRB1pPM76NU0+2n6CNh90ekCc8hkEQdZ0=")
    }

    @Test func anAnswer() throws {
        let key = try GstnKeys.open("YaaTbk6PEBwcwfmTtUKg1OJ0Dor61OTRXQ1mGzguyomfO3UEkm+L024xGOkDpM1K", under: sek)
        #expect(key == rek)
        let sealed = GstnSealed(
            data: "z1o6Pl4D+s36PsJx2Tz9rIoMuCWJA1fmcd12bZgBBm4KhKyfSa/4+q0+wf9xTimyvl9A2kA8PloSlt7pX9KajQ==",
            hmac: "E1iUSwkBpeuGLIiwMTIAirK1+ou+/ypCXw80a/3W7sY=")
        #expect(String(decoding: try sealed.opened(key: key), as: UTF8.self) == #"{"reference_id":"0032e479bcb644c"}"#)
    }

    @Test func theAppKeyOfARefresh() throws {
        #expect(
            try GstnKeys.sealed(appKey, under: sek)
                == "GC0EaP1VHdoLKrA964mx0P+uWcrer72hUgACDB7bBBifO3UEkm+L024xGOkDpM1K")
    }

    @Test func nothingThatWasChangedOpens() throws {
        let sealed = try GstnSealed(Array("{}".utf8), key: sek)
        #expect(throws: GstnKeys.Refused.self) { try sealed.opened(key: rek) }
        #expect(throws: GstnKeys.Refused.self) {
            try GstnSealed(data: sealed.data, hmac: GstnSealed(Array("[]".utf8), key: sek).hmac).opened(key: sek)
        }
        for bad in ["", "AAAA", "not base64!", String(sealed.data.dropLast(4))] {
            #expect(throws: GstnKeys.Refused.self) { try GstnSealed(data: bad, hmac: sealed.hmac).opened(key: sek) }
        }
    }

    @Test(arguments: [0, 1, 15, 16, 17, 1_000]) func everyLengthComesBack(count: Int) throws {
        let bytes = (0..<count).map { UInt8($0 % 251) }
        #expect(try AesEcb.decrypt(AesEcb.encrypt(bytes, key: sek), key: sek) == bytes)
    }
}
