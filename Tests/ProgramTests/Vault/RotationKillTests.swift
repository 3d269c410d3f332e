import Foundation
import Glibc
import Testing

extension Whole {
    @Suite("A rotation of the vault killed with -9")
    struct RotationKillTests {
        private static let secrets = setting("PORTALDESK_ROTATION_SECRETS", or: 2_500)

        private static func setting(_ name: String, or usual: Int) -> Int {
            ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? usual
        }

        @Test("Between its first and last batch, again and again: every secret is readable afterwards")
        func killed() async throws {
            let wanted = Self.setting("PORTALDESK_ROTATION_KILLS", or: 2)
            let seed = UInt64(Self.setting("PORTALDESK_KILL_SEED", or: 7))
            try await Workplace.with { place in
                let sheet = try await Self.fill(place)
                let commits = try Commits(place.home)
                var random = Seeded(state: seed)
                var positions: [Int] = []
                var misses = 0
                while positions.count < wanted {
                    let batches = Int(random.next() % UInt64(max(1, Self.secrets / 500 - 2))) + 1
                    let child = try place.start("vault", "rotate")
                    // Commits close to each other are told once; a rotation that is over tells none.
                    for _ in 0...batches { guard await commits.next(within: 3_000) else { break } }
                    child.signal(SIGKILL)
                    _ = try await child.wait()
                    let status = try #require(try await place.run("vault", "status", "--json").rows().first)
                    let done = Self.secrets - (status["waiting"].integer ?? 0)
                    // A kill that came before the first batch or after the last proves nothing.
                    guard status["rotating"] == .flag(true), (1..<Self.secrets).contains(done) else {
                        misses += 1
                        try #require(misses <= 4 * wanted + 8, "the kills do not meet the rotation")
                        continue
                    }
                    positions.append(done)
                }
                print("killed after \(positions) of \(Self.secrets) secrets, \(misses) kills missed the rotation")
                try await place.run("vault", "rotate", limit: 120).expectStatus(0)
                let status = try #require(try await place.run("vault", "status", "--json").rows().first)
                #expect(status["waiting"].integer == 0 && status["rotating"] == .flag(false))
                // The sheet compares each stored password with its own: what opens and is the same stays as it is.
                let check = try await place.run("account", "import", sheet, "--dry-run", "--json", limit: 120)
                let row = try #require(try check.rows().first)
                #expect(row["unchanged"].integer == Self.secrets, "\(check.output)\(check.errors)")
            }
        }

        /// - Returns: the sheet with every login.
        private static func fill(_ place: Workplace) async throws -> String {
            try await place.run(
                "init", "--user", "asha", "--email", "asha@firm.example", "--password-file", "-",
                input: "a made-up password\n"
            ).expectStatus(0)
            var businesses = "name,pan,income_tax_username\n"
            var logins = "portal,identity,username,password\n"
            for number in 0..<secrets {
                let letter = UnicodeScalar(UInt8(65 + number % 26))
                let pan = "ABCP\(letter)" + String(format: "%04d", number / 26 + 1) + "K"
                businesses += "Firm \(number),\(pan),user\(number)\n"
                logins += "income_tax,\(pan),user\(number),secret of \(number)\n"
            }
            try await place.run("business", "import", try place.write(businesses, to: "firms.csv"), limit: 120)
                .expectStatus(0)
            let sheet = try place.write(logins, to: "logins.csv")
            chmod(sheet, 0o600)
            try await place.run("account", "import", sheet, limit: 180).expectStatus(0)
            return sheet
        }

        private struct Seeded {
            var state: UInt64

            mutating func next() -> UInt64 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return state >> 33
            }
        }
    }
}
