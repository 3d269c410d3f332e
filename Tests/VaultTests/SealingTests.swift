import Crypto
import Domain
import Foundation
import Secrets
import Testing

@testable import Vault

@Suite struct SealingTests {
    private static let row = "0190b2c4-0000-7000-8000-000000000001"
    private let place = SecretPlace(tenant: "t1", table: "credential", row: row, column: "password", version: 3)

    @Test func associatedDataMatchesThePublishedVector() {
        let hex = place.associatedData.map { String(format: "%02x", $0) }.joined()
        #expect(
            hex
                == "000000097365637265742f76310000000274310000000a63726564656e7469616c0000002430313930623263342d30303030"
                + "2d373030302d383030302d3030303030303030303030310000000870617373776f726400000008000000000000000300000004"
                + "00000001"
        )
    }

    @Test func sealedBytesMatchThePublishedVector() throws {
        let key = VaultKey(key: SymmetricKey(data: Array(0x20...0x3F as ClosedRange<UInt8>)))
        let nonce = try AES.GCM.Nonce(data: Array(0x00...0x0B as ClosedRange<UInt8>))
        let sealed = try key.seal(SecretBytes(utf8: "p@ss-w0rd-\u{20B9}"), at: place, nonce: nonce)
        let hex = sealed.dropFirst(14).map { String(format: "%02x", $0) }.joined()
        #expect(hex == "2c122ed46742db9ed8d42b449fcf967b04c5d900233b987d2af92012b6")
    }

    @Test func aSealedPasswordOpensInItsOwnPlaceOnly() throws {
        let key = VaultKey(key: SymmetricKey(size: .bits256))
        let sealed = try key.seal(SecretBytes(utf8: "t!ger-Lotus-88"), at: place)
        let opened = try key.open(sealed, at: place)
        #expect(opened.withBytes { Array($0) } == Array("t!ger-Lotus-88".utf8))

        var moved = place
        moved.row = "another"
        #expect(throws: VaultProblem.doesNotOpen) { try key.open(sealed, at: moved) }
        var older = place
        older.version = 2
        #expect(throws: VaultProblem.doesNotOpen) { try key.open(sealed, at: older) }
    }

    @Test func everyChangedByteIsRefused() throws {
        let key = VaultKey(key: SymmetricKey(size: .bits256))
        let sealed = try key.seal(SecretBytes(utf8: "abc"), at: place)
        for index in sealed.indices {
            var damaged = sealed
            damaged[index] ^= 1
            #expect(throws: VaultProblem.self) { try key.open(damaged, at: place) }
        }
        #expect(throws: VaultProblem.doesNotOpen) { try key.open([], at: place) }
    }
}
