import Secrets
import Testing

@testable import Vault

/// One-time codes against the published vectors.
@Suite struct CodeTests {
    private func bytes(_ range: ClosedRange<UInt8>) -> SecretBytes {
        var bytes = Array(range)
        return SecretBytes(consuming: &bytes)
    }

    private let purpose = OneTimeCode.Purpose(
        challenge: "chal-01", person: "user-7", purpose: "reveal",
        subject: "credential/0190b2c4-0000-7000-8000-000000000001/v3", session: "sess-9")

    @Test func theMacMatchesThePublishedVector() {
        let mac = OneTimeCode.mac(SecretBytes(utf8: "04829173"), for: purpose, key: bytes(0x40...0x5F))
        let hex = mac.map { String($0, radix: 16) }.map { $0.count == 1 ? "0" + $0 : $0 }.joined()
        #expect(hex == "7ae1a306d5e720ea901c9157126d2141ac361ed2be3d09df0795baf50760a584")
    }

    @Test func aCodeOpensNothingButWhatItWasAskedFor() {
        let key = bytes(0x40...0x5F)
        let code = SecretBytes(utf8: "04829173")
        let stored = OneTimeCode.mac(code, for: purpose, key: key)
        #expect(OneTimeCode.matches(code, stored, for: purpose, key: key))
        #expect(!OneTimeCode.matches(SecretBytes(utf8: "04829174"), stored, for: purpose, key: key))
        let changes: [(inout OneTimeCode.Purpose) -> Void] = [
            { $0.challenge += "x" }, { $0.person = "user-8" }, { $0.purpose = "export" },
            { $0.subject = "credential/0190b2c4-0000-7000-8000-000000000001/v4" }, { $0.session = "sess-1" },
        ]
        for change in changes {
            var other = purpose
            change(&other)
            #expect(!OneTimeCode.matches(code, stored, for: other, key: key))
        }
    }

    @Test func eightDigitsAreDrawnWithLeadingZeros() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            let text = OneTimeCode.draw(&random).withBytes { Array($0) }
            #expect(text.count == 8 && text.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        }
    }

    @Test(
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)])
    func theTimeCodesAreThoseOfTheStandard(seconds: Int64, code: String) {
        let secret = SecretBytes(utf8: "12345678901234567890")
        #expect(Totp.code(secret, step: Totp.step(at: seconds), digits: 8) == code)
    }

    @Test func aTimeCodeIsTakenOnceAndOneStepEitherSide() {
        let secret = SecretBytes(utf8: "12345678901234567890")
        let now: Int64 = 1_234_567_890
        let step = Totp.step(at: now)
        for distance: Int64 in -1...1 {
            let code = Totp.code(secret, step: step + distance)
            #expect(Totp.accepted(code, secret, at: now, after: nil) == step + distance)
        }
        #expect(Totp.accepted(Totp.code(secret, step: step + 2), secret, at: now, after: nil) == nil)
        #expect(Totp.accepted(Totp.code(secret, step: step), secret, at: now, after: step) == nil)
        #expect(Totp.accepted("", secret, at: now, after: nil) == nil)
    }
}
