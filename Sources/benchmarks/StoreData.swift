import Domain
import Foundation
import Store

/// A workspace for measuring: 15,000 identities of 5,000 businesses, and any number of finished jobs over three years.
struct StoreBench {
    let folder: String
    let store: DeskStore
    static let now = Instant(seconds: 1_795_000_000)

    init(jobs: Int) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try DeskStore(
            file: "\(folder)/desk.sqlite", lockFile: "\(folder)/lock", wakeFile: "\(folder)/wake", access: .readWrite,
            clock: { Self.now })
        let clock = ContinuousClock()
        let businesses = try Self.businesses(5_000)
        let imported = try clock.measure {
            _ = try store.writeNow { try $0.importBusinesses(businesses, now: Self.now) }
        }
        let loaded = try clock.measure { try load(jobs) }
        print("setup: 5,000 businesses imported in \(imported.ms) ms, \(jobs) jobs in \(loaded.ms) ms")
    }

    func remove() {
        store.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func load(_ jobs: Int) throws {
        let accounts = try store.readNow { try $0.accounts(AccountQuery(perPage: nil)).rows.map(\.id) }
        try store.writeNow { writer in
            for account in accounts {
                try writer.setLogin(account, username: "user", sealedPassword: [1, 2, 3], at: Self.now)
            }
            var random = BenchRandom(state: 1)
            try writer.withBulkLoad {
                for chunk in stride(from: 0, to: jobs, by: 20_000) {
                    try writer.insertHistory(
                        (chunk..<min(chunk + 20_000, jobs)).map { Self.job($0, of: jobs, accounts, &random) })
                }
            }
        }
    }

    private static func job(
        _ number: Int, of count: Int, _ accounts: [AccountId], _ random: inout BenchRandom
    ) -> HistoricJob {
        let spacing = 3 * 365 * 86_400_000 / Int64(count)
        let created =
            now - .milliseconds(spacing * Int64(count - number)) + .milliseconds(Int64(random.next() % 60_000))
        let isFailed = random.next() % 10 == 0
        let account = accounts[Int(random.next() % UInt64(accounts.count))]
        return HistoricJob(
            accountId: account, status: isFailed ? .failed : .done, createdAt: created,
            startedAt: created + .milliseconds(Int64(random.next() % 2_000)),
            completedAt: created + .milliseconds(2_000 + Int64(random.next() % 600_000)),
            cause: isFailed ? .wrongPassword : nil, message: isFailed ? "Invalid password" : "")
    }

    private static func businesses(_ count: Int) throws -> [BusinessDraft] {
        let words = [
            "Lotus", "Prime", "Harbour", "Meadow", "Sagar", "Kaveri", "Himalaya", "Deccan", "Malabar", "Narmada",
        ]
        let states = ["27", "29", "09", "24", "33", "07", "19", "06", "36", "32"]
        return try (0..<count).map { number in
            let letters = String((0..<3).map { Character(UnicodeScalar(UInt8(65 + number / [676, 26, 1][$0] % 26))) })
            let pan = try Pan("\(letters)PZ\(Digits.padded(number % 10_000, 4))K")
            let body = "\(states[number % 10])\(pan)1Z"
            let gstin = try Gstin(body + String(UnicodeScalar(CheckCharacter.of(Array(body.utf8)))))
            let tan = try Tan("\(letters)Z\(Digits.padded(number, 5))B")
            return BusinessDraft(name: "\(words[number / 7 % 10]) Traders \(number)", pan: pan, gstin: gstin, tan: tan)
        }
    }
}

struct BenchRandom: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }
}

extension Duration {
    /// Milliseconds with two decimals.
    var ms: String { String(format: "%.2f", inMilliseconds) }
    var inMilliseconds: Double {
        Double(components.seconds) * 1_000 + Double(components.attoseconds) / 1_000_000_000_000_000
    }
}
