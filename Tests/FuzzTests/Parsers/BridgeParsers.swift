import Domain
import Wire

@testable import Portals

/// What a bridge answers.
enum BridgeParsers {
    static let list: [FuzzParser] = [
        payload("bridge.token", [BridgeSamples.token], BridgeToken.self, gentle: 80),
        payload("bridge.health", [BridgeSamples.health], BridgeHealth.self),
        payload("bridge.capabilities", [BridgeSamples.capabilities], BridgeCapabilities.self, gentle: 70),
        FuzzParser(
            name: "bridge.job", samples: AllParsers.bytes([BridgeSamples.job, BridgeSamples.waiting]), gentle: 70
        ) { bytes in try PayloadReading.read(BridgeJob.self, bytes, say: say) },
        payload("bridge.verification", [BridgeSamples.verification], BridgeVerification.self, gentle: 75),
        payload("bridge.tds_requests", [BridgeSamples.tdsRequests], BridgeTdsRequestPage.self, gentle: 75),
        FuzzParser(name: "bridge.notice", samples: AllParsers.bytes([BridgeSamples.notice]), gentle: 70) { bytes in
            try PayloadReading.read(BridgeNotice.self, bytes, say: say)
        },
        FuzzParser(name: "bridge.notices", samples: AllParsers.bytes([BridgeSamples.page]), gentle: 75) { bytes in
            try PayloadReading.read(BridgeNoticePage.self, bytes) { page in
                let said = Set(try page.items.compactMap(\.row).map(say)).sorted().first ?? ""
                return try PayloadReading.records(page.items, of: PayloadReading.list(bytes, "items")) + ", \(said)"
            }
        },
        FuzzParser(name: "bridge.error", samples: AllParsers.bytes([BridgeSamples.failed]), gentle: 70) { bytes in
            try PayloadReading.read(BridgeErrorBody.self, bytes) { body in
                let failure = BridgeFailure.from(body.error, job: "job-1")
                guard failure.message.unicodeScalars.allSatisfy(HarmlessText.isHarmless) else {
                    throw Broken("an error carries a character that can harm a terminal")
                }
                guard failure.retryAfter.map({ $0 > .zero && $0 <= .seconds(86_400) }) ?? true else {
                    throw Broken("a wait that never ends")
                }
                return "\(failure.cause)"
            }
        },
    ]

    private static func payload<Payload: WirePayload>(
        _ name: String, _ samples: [String], _ type: Payload.Type, gentle: Int = 60
    ) -> FuzzParser {
        FuzzParser(name: name, samples: AllParsers.bytes(samples), gentle: gentle) { bytes in
            try PayloadReading.read(type, bytes)
        }
    }

    private static func say(_ job: BridgeJob) -> String {
        let asked = job.challenge.map { BridgeChallengeReading.challenge($0, job: job.jobId) }
        let state = BridgeJobState(rawValue: job.state).map { "\($0)" } ?? "odd state"
        return "\(state), \(PayloadReading.some(job.places?.count ?? 0)) places, "
            + (asked.map { "\($0.kind), picture \($0.image != nil), end \($0.expiresAt != nil)" } ?? "nobody is asked")
    }

    private static func say(_ notice: BridgeNotice) throws -> String {
        let reading = NoticeReading(notice, place: Place(rawValue: notice.place) ?? .notices)
        var facts = reading.facts
        facts.documents = (notice.documents ?? []).map { NoticeDocument($0) }
        try FactsRules.check(facts)
        try FactsRules.date(notice.dueDate, became: facts.dueOn, problems: reading.problems.count, "due_date")
        try FactsRules.date(notice.issueDate, became: facts.issuedOn, problems: reading.problems.count, "issue_date")
        return
            "\(facts.state), due \(facts.dueOn != nil), issued \(facts.issuedOn != nil), demand \(facts.demand != nil), "
            + "\(reading.problems.count) problems, \(PayloadReading.some(facts.documents.count)) documents"
    }
}
