import Secrets
import Testing

@testable import Services

/// What stands on the screen is what a telephone reads.
@Suite struct QrCodeTests {
    @Test(arguments: [1, 85, 900], QrCode.Level.allCases)
    func theLinesOfTextReadBack(count: Int, level: QrCode.Level) throws {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
        let content = String((0..<count).map { alphabet[$0 * 7 % alphabet.count] })
        let code = try QrCode(SecretBytes(utf8: content), level: level)
        #expect(try QrReader.read(code.lines) == content)
        #expect(code.lines.count == code.rows)
        #expect(code.lines.allSatisfy { $0.count == code.columns })
    }

    @Test func theThreeCornersAndTheQuietZoneAreThere() throws {
        let code = try QrCode(SecretBytes(utf8: "otpauth://totp/x"))
        for (x, y) in [(0, 0), (code.side - 7, 0), (0, code.side - 7)] {
            let ring = (0..<7).allSatisfy { code.isDark(x + $0, y) && code.isDark(x, y + $0) }
            #expect(ring && !code.isDark(x + 1, y + 1) && code.isDark(x + 3, y + 3))
        }
        #expect(!code.isDark(code.side - 1, code.side - 1 + QrCode.quietZone) && !code.isDark(-1, 0))
        #expect(code.lines[0].allSatisfy { $0 == " " } && code.lines[1].allSatisfy { $0 == " " })
        #expect(code.lines.allSatisfy { $0.hasPrefix("    ") && $0.hasSuffix("    ") })
    }

    @Test func theLargestCodeHolds2953BytesAndNotOneMore() throws {
        #expect(try QrCode(SecretBytes(utf8: String(repeating: "a", count: 2_953))).side == 177)
        let refused = #expect(throws: Complaint.self) {
            try QrCode(SecretBytes(utf8: String(repeating: "a", count: 2_954)))
        }
        #expect(refused?.status == .badData)
        #expect(throws: Complaint.self) { try QrCode(SecretBytes(utf8: "")) }
    }

    @Test("As PNG it reads back, and the SVG has the same modules in the same places")
    func picturesReadBack() throws {
        let code = try QrCode(SecretBytes(utf8: "27AABCU9603R1ZM and some more words"))
        #expect(try QrReader.read(try code.png(), as: "png") == "27AABCU9603R1ZM and some more words")
        let places = Set(code.svg.matches(of: /M(\d+) (\d+)h1v1h-1z/).map { "\($0.1) \($0.2)" })
        let dark = (0..<code.side).flatMap { y in
            (0..<code.side).filter { code.isDark($0, y) }.map { "\($0 + QrCode.quietZone) \(y + QrCode.quietZone)" }
        }
        #expect(places == Set(dark) && !dark.isEmpty)
        #expect(code.svg.contains("viewBox=\"0 0 \(code.columns) \(code.columns)\""))
    }
}
