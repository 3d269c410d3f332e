import Domain
import Foundation
import Synchronization

@testable import Store

/// A store in a temporary folder of its own, removed with the last reference.
final class Workspace: Sendable {
    let folder: String
    let store: DeskStore

    static let morning = Instant(seconds: 1_795_000_000)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try Self.open(folder)
    }

    deinit {
        store.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    var file: String { "\(folder)/desk.sqlite" }

    static func open(_ folder: String, _ access: DeskStore.Access = .readWrite) throws -> DeskStore {
        try DeskStore(
            file: "\(folder)/desk.sqlite", lockFile: "\(folder)/lock", wakeFile: "\(folder)/wake", access: access,
            clock: { morning })
    }

    /// Adds `count` businesses with a GSTIN, a PAN and a TAN each, all with logins. Returns the accounts by id.
    @discardableResult
    func addBusinesses(_ count: Int) throws -> [PortalAccount] {
        let drafts = try (0..<count).map(Samples.draft)
        return try store.writeNow { writer throws in
            _ = try writer.importBusinesses(drafts, now: Self.morning)
            let accounts = try writer.reader.accounts(AccountQuery(perPage: nil)).rows
            for account in accounts {
                try writer.setLogin(
                    account.id, username: "user\(account.id.rawValue)", sealedPassword: [1, 2, 3], at: Self.morning)
            }
            return try writer.reader.accounts(AccountQuery(perPage: nil)).rows
        }
    }
}

/// Made-up identities.
enum Samples {
    static func letters(_ number: Int, _ width: Int) -> String {
        var (rest, text) = (number, "")
        for _ in 0..<width {
            text = String(UnicodeScalar(UInt8(65 + rest % 26))) + text
            rest /= 26
        }
        return text
    }

    static func pan(_ number: Int) throws -> Pan {
        try Pan("\(letters(number, 3))PZ\(Digits.padded(number % 10_000, 4))K")
    }
    static func tan(_ number: Int) throws -> Tan {
        try Tan("\(letters(number, 4))\(Digits.padded(number % 100_000, 5))B")
    }

    static func gstin(_ number: Int) throws -> Gstin {
        let states = ["27", "29", "09", "24"]
        let body = "\(states[number % 4])\(try pan(number))1Z"
        return try Gstin(body + String(UnicodeScalar(CheckCharacter.of(Array(body.utf8)))))
    }

    static func draft(_ number: Int) throws -> BusinessDraft {
        BusinessDraft(
            name: "\(["Lotus", "Prime", "Harbour", "Meadow"][number % 4]) Traders \(number)", pan: try pan(number),
            gstin: try gstin(number), tan: try tan(number), group: number % 3 == 0 ? "North" : "")
    }

    static func notice(_ key: String, due: LegalDate? = nil, state: NoticeState = .open) -> NoticeFacts {
        NoticeFacts(
            externalKey: key, place: .notices, reference: "REF\(key)", form: "DRC-01", summary: "Demand \(key)",
            dueOn: due, dueBasis: due == nil ? nil : .portal, demand: Rupees(paise: 12_300), state: state)
    }
}

/// A seeded generator: the same numbers in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
