import Domain
import Wire

@testable import Portals

/// What GSTN and a GSP answer, sealed and opened.
enum GstnParsers {
    static let list: [FuzzParser] = [
        FuzzParser(
            name: "gstn.answer", samples: AllParsers.bytes([GstnSamples.refusal, GstnSamples.opened]), gentle: 65
        ) { bytes in
            try PayloadReading.read(GstnAnswer.self, bytes) { answer in
                let key = answer.sek.flatMap { try? GstnKeys.open($0, under: GstnSamples.answerKey) }
                let cause =
                    answer.error?.code.flatMap { GstnCode.cause($0, action: Gstn.Action.notices)?.rawValue } ?? "none"
                return "failure \(answer.isFailure), cause \(cause), key \(key != nil), end \(answer.expiry != nil)"
            }
        },
        FuzzParser(
            name: "gstn.sealed", samples: [GstnSamples.sealed(Array(GstnSamples.document.utf8))], gentle: 90, blind: 5,
            read: opened),
        FuzzParser(name: "gstn.row", samples: rows, gentle: 75) { bytes in
            try PayloadReading.read(GstnNoticeRow.self, bytes) { row in
                var problems: [String] = []
                let facts = GstnNoticeReading(row, unread: &problems).facts
                try FactsRules.check(facts)
                try FactsRules.date(row.dateOfRespond, became: facts.dueOn, problems: problems.count, "dateOfRespond")
                return "due \(facts.dueOn != nil), issued \(facts.issuedOn != nil), \(problems.count) problems"
            }
        },
        FuzzParser(name: "gstn.detail", samples: AllParsers.bytes([GstnSamples.detail]), gentle: 65) { bytes in
            try PayloadReading.read(GstnNoticeDetail.self, bytes) { detail in
                var problems: [String] = []
                var facts = NoticeFacts(externalKey: "k", place: .notices, reference: "r", summary: "")
                GstnNoticeReading.add(detail, to: &facts, unread: &problems)
                try FactsRules.check(facts)
                let documents = (detail.maindocs ?? []) + (detail.suppdocs ?? [])
                return
                    "due \(facts.dueOn != nil), \(problems.count) problems, \(PayloadReading.some(documents.count)) documents"
            }
        },
        FuzzParser(name: "gstn.document", samples: AllParsers.bytes([GstnSamples.document]), gentle: 80) { bytes in
            try PayloadReading.read(GstnDocument.self, bytes) { "bytes \(Base64.bytes($0.data) != nil)" }
        },
    ]

    private static let rows: [[UInt8]] =
        ((try? JSONValue(Array(GstnSamples.list.utf8)))?["notices"]?.list ?? []).map(\.bytes)

    @Sendable private static func opened(_ bytes: [UInt8]) throws -> Verdict {
        guard let answer = try? WireJSON.decode(GstnAnswer.self, from: bytes).payload else {
            return .refused("no envelope")
        }
        guard let data = answer.data, let rek = answer.rek, let hmac = answer.hmac else {
            return .refused("data \(answer.data != nil), rek \(answer.rek != nil), hmac \(answer.hmac != nil)")
        }
        guard let key = try? GstnKeys.open(rek, under: GstnSamples.sessionKey) else { return .refused("its key") }
        guard let json = try? GstnSealed(data: data, hmac: hmac).opened(key: key) else { return .refused("its seal") }
        // The HMAC stands over the whole: what opens is what was sealed.
        guard json == Array(GstnSamples.document.utf8) else { throw Broken("it opens to what nobody sealed") }
        return .accepted("opened, failure \(answer.isFailure)")
    }
}
