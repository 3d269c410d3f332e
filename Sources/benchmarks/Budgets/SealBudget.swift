import Secrets
import Vault

/// Secrets sealed and opened in a second on one core, and the time of one unlocking.
enum SealBudget {
    private static let count = 10_000

    static func measure() throws {
        let vault = try VaultPrivateKey()
        let secret = SecretBytes(utf8: "t!ger-Lotus-88")
        let places = (0..<count).map { SecretPlace(table: "account", row: "\($0)", column: "password", version: 1) }
        var sealed: [[UInt8]] = []
        let sealing = try ContinuousClock().measure {
            sealed = try places.map { try vault.publicKey.seal(secret, at: $0) }
        }.inMilliseconds
        let opening = try ContinuousClock().measure {
            for (place, bytes) in zip(places, sealed) { _ = try vault.open(bytes, at: place) }
        }.inMilliseconds
        say("secrets sealed", sealing)
        say("secrets opened", opening)
        var times = Samples()
        let (login, _) = try PersonalLogin.make("asha", secret)
        for _ in 0..<5 {
            times.add(try ContinuousClock().measure { _ = try login.unlock("asha", secret) }.inMilliseconds)
        }
        Report.say(
            Finding(
                name: "unlock by password", figure: "median \(times.median.text()) ms", budget: "150 to 500 ms",
                isMet: (150...500).contains(times.median)))
    }

    private static func say(_ name: String, _ milliseconds: Double) {
        let rate = Double(count) / milliseconds * 1_000
        Report.say(
            Finding(name: name, figure: "\(Int(rate)) a second on one core", budget: "10000", isMet: rate >= 10_000))
    }
}
