import Domain
import Services

/// What the measured workspace holds: 15,000 identities of 5,000 businesses, and jobs over three years.
struct BenchData: Sendable {
    let jobs: Int
    let now: Instant
    let identities: [PortalIdentity]
    let drafts: [BusinessDraft]

    init(jobs: Int, now: Instant) throws {
        self.jobs = jobs
        self.now = now
        drafts = try (0..<5_000).map(Self.draft)
        identities = try drafts.flatMap { draft in
            try [(Portal.gst, draft.gstin?.text), (.incomeTax, draft.pan?.text), (.traces, draft.tan?.text)]
                .compactMap { portal, text in try text.map { try PortalIdentity(portal, $0) } }
        }
    }

    /// The job of this number, the same in every run.
    @Sendable func job(_ number: Int) -> Population.PastJob {
        var random = BenchRandom(state: UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1)
        for _ in 0..<3 { _ = random.next() }
        let spacing = 3 * 365 * 86_400_000 / Int64(max(jobs, 1))
        let started =
            now - .milliseconds(spacing * Int64(jobs - number) + 700_000)
            + .milliseconds(Int64(random.next() % 62_000))
        let isFailed = random.next() % 10 == 0
        return Population.PastJob(
            identity: identities[Int(random.next() % UInt64(identities.count))], status: isFailed ? .failed : .done,
            startedAt: started, completedAt: started + .milliseconds(2_000 + Int64(random.next() % 600_000)),
            cause: isFailed ? .wrongPassword : nil, message: isFailed ? "Invalid password" : "")
    }

    private static func draft(_ number: Int) throws -> BusinessDraft {
        let words = [
            "Lotus", "Prime", "Harbour", "Meadow", "Sagar", "Kaveri", "Himalaya", "Deccan", "Malabar", "Narmada",
        ]
        let states = ["27", "29", "09", "24", "33", "07", "19", "06", "36", "32"]
        let letters = String((0..<3).map { Character(UnicodeScalar(UInt8(65 + number / [676, 26, 1][$0] % 26))) })
        let pan = try Pan("\(letters)PZ\(Digits.padded(number % 10_000, 4))K")
        let body = "\(states[number % 10])\(pan)1Z"
        let gstin = try Gstin(body + String(UnicodeScalar(CheckCharacter.of(Array(body.utf8)))))
        let tan = try Tan("\(letters)Z\(Digits.padded(number, 5))B")
        return BusinessDraft(
            name: "\(words[number / 7 % 10]) Traders \(number)", pan: pan, gstin: gstin, tan: tan,
            gstUsername: "gst\(number)", incomeTaxUsername: pan.text, tracesUsername: tan.text)
    }
}

/// xorshift64*: quick, and the same in every run.
struct BenchRandom: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }
}
