import Domain
import Wire

/// Every notice that the simulated portals show for an identity, as of its n-th fetch. A pure function of the world's
/// seed, the base date and that number: nothing of it is stored.
struct NoticeBook: Sendable {
    let seed: UInt64
    let baseDate: LegalDate
    /// At least so many in the first place of each login.
    let fewest: Int
    /// A client asks for the same notices many times within one fetch.
    private let written = RecentlyMade<Page, [SandboxNotice]>()

    private struct Page: Hashable {
        var identity: PortalIdentity
        var outcome: MagicOutcome
        var ordinal: Int
    }

    init(seed: UInt64, baseDate: LegalDate, fewest: Int = 0) {
        self.seed = seed
        self.baseDate = baseDate
        self.fewest = fewest
    }

    /// - Parameter ordinal: number of the fetch, from 1; now and then a later one shows something new.
    func notices(of account: DemoAccount, ordinal: Int) -> [SandboxNotice] {
        guard ordinal > 0 else { return [] }
        let page = Page(identity: account.identity, outcome: account.outcome, ordinal: ordinal)
        return written.value(of: page) { write(account, ordinal) }
    }

    private func write(_ account: DemoAccount, _ ordinal: Int) -> [SandboxNotice] {
        var result: [SandboxNotice] = []
        for place in account.identity.portal.places {
            var random = SeededRandom(seed, "\(account.identity) \(place.rawValue)")
            for number in 0..<count(in: place, of: account, using: &random) {
                result.append(make(account, place, number: number, seenFrom: 1, using: &random))
            }
        }
        result += arrivals(account, upTo: ordinal)
        if account.outcome == .withdrawn, ordinal > 1, !result.isEmpty { withdraw(&result[0]) }
        return result
    }

    private func count(in place: Place, of account: DemoAccount, using random: inout SeededRandom) -> Int {
        let isFirst = place == account.identity.portal.places.first
        return max(drawn(isFirst, account, &random), isFirst ? fewest : 0)
    }

    private func drawn(_ isFirst: Bool, _ account: DemoAccount, _ random: inout SeededRandom) -> Int {
        switch account.outcome {
        case .pageTwo where isFirst: return 120
        case .success, .dualSession, .unavailableTwice: return max(random.below(isFirst ? 5 : 4) - 1, 0)
        default: return isFirst ? 2 : max(random.below(4) - 1, 0)
        }
    }

    /// About every third fetch after the first finds one more notice in the first place.
    private func arrivals(_ account: DemoAccount, upTo ordinal: Int) -> [SandboxNotice] {
        guard ordinal > 1, let place = account.identity.portal.places.first else { return [] }
        return (2...ordinal).compactMap { number in
            var random = SeededRandom(seed, "\(account.identity) arrival \(number)")
            guard random.below(3) == 0 else { return nil }
            return make(account, place, number: 1_000 + number, seenFrom: number, using: &random)
        }
    }

    private func withdraw(_ notice: inout SandboxNotice) {
        notice.notice.withdrawn = true
        notice.notice.status = "withdrawn"
        notice.notice.rawStatus = "Withdrawn"
        notice.notice.version = 2
        touch(&notice, seenFrom: 2)
    }

    private func make(
        _ account: DemoAccount, _ place: Place, number: Int, seenFrom: Int, using random: inout SeededRandom
    ) -> SandboxNotice {
        let template = random.pick(
            NoticeTemplate.of(place), or: NoticeTemplate(place: place, form: "", section: "", title: "Notice"))
        let writer = NoticeWriter(account: account, template: template, number: number, baseDate: baseDate)
        var result = writer.write(using: &random)
        touch(&result, seenFrom: seenFrom)
        return result
    }

    /// A notice changes at most once per fetch, so the number of the fetch orders the changes.
    private func touch(_ notice: inout SandboxNotice, seenFrom: Int) {
        let midnight = Instant(seconds: Int64(baseDate.dayNumber) * 86_400 - 19_800)
        notice.updatedAt = midnight + .seconds(seenFrom)
        notice.notice.updatedAt = WireTime.text(notice.updatedAt)
        let content = "\(notice.notice.id)|\(notice.notice.version)|\(notice.notice.status ?? "")"
        notice.notice.contentHash = ContentHash.sha256(Array(content.utf8))
    }
}
