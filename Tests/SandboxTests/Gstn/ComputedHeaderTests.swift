import Domain
import Foundation
import Secrets
import Testing

@testable import Portals

/// A header that is made of others has the very bytes that published examples give.
@Suite("Computed headers") struct ComputedHeaderTests {
    private typealias Header = ProviderProfile.ComputedHeader

    private static func header(
        _ from: String, _ method: Header.Method, _ key: String, _ encoding: Header.Encoding = .base64
    ) -> Header {
        var header = Header(name: "X-Sign", from: SecretBytes(utf8: from), method: method, key: SecretBytes(utf8: key))
        header.encoding = encoding
        return header
    }

    @Test func `an HMAC is the one of RFC 4231`() {
        let header = Self.header("what do ya want for {thing}?", .hmac, "Jefe", .hex)
        let value = header.value { $0.replacing("{thing}", with: "nothing") }
        #expect(value == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    /// Facts: nic-einvoice-ewb 1.8. The key as 32 bytes of text, and as base64.
    @Test func `AES seals as on NIC's own wire`() throws {
        let text = #"{"Irn":"abc","CnlRsn":"2","CnlRem":"test"}"#
        let coded = Self.header(text, .aes, "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=")
        let sealed = "Uwi9cAIcQOWWOY7GthiemnXMTcIqG3KeqYC5BQBf3BTuVNHZnS9w2b9skqTlxoP2"
        #expect(coded.value { $0 } == sealed)
        let bytes = String(decoding: Array(UInt8(0x20)...0x3F), as: UTF8.self)
        #expect(Self.header(text, .aes, bytes).value { $0 } == sealed)
    }

    /// Made with OpenSSL: `dgst -sha256 -sign`.
    @Test func `an RSA signature is PKCS number 1 over SHA-256`() {
        let header = Self.header("v2.0:{gstin}:auth", .rsa, TestSigner.key)
        let signed =
            "Ui0SXwFBpp2f0dVOX7MQhmhzyMEdKcHY4dL1MtMgockau6su632cMFZqhUsJDiw8LRubtlXZk8TcS70MtQzsL6XpR4JKZXn4TkgE"
            + "LNEwr8CqSsVdCLHeK2c9owNMlcywULaPzLBOQfv28u7EnbmS/09UWRg2NqEFxwdSqMVYou6cVNtLcnNDHYq0cgGc8KMyh5wBvNK7"
            + "usWbNfoNtoag1zJsqq5mMvoUJlQ7Bf1At55EYruVWWkX1xPzacXv9dQSnOx6e7K/x7oa3mwrbNiGJhAcMcVZcV4IHzz1Tost6Opy"
            + "A6E3nQjv92G2QURMyeWg90erEDptPXd9c/kIM2D9gw=="
        #expect(header.value { $0.replacing("{gstin}", with: "27AAACB1234C1Z5") } == signed)
    }

    @Test func `without the key that the method wants, or without a value, there is none`() {
        #expect(Self.header("x", .aes, "too short").value { $0 } == nil)
        #expect(Self.header("x", .rsa, "no key").value { $0 } == nil)
        #expect(Self.header("x", .hmac, "k").value { _ in nil } == nil)
    }
}
