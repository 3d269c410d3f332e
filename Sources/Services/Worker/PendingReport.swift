import Domain
import Portals
import Store

/// What an attempt has reported and the store has not got yet, in its order.
struct PendingReport: Sendable {
    enum Step: Sendable {
        case entry(JobLogEntry)
        case place(PlaceReading, [NoticeFacts], at: Instant)
    }

    var steps: [Step] = []
    /// Documents whose bytes are stored. Until they are linked they would be fetched again, no more.
    var links: [NoticeDocument] = []

    var isEmpty: Bool { steps.isEmpty && links.isEmpty }

    private var places: [(reading: PlaceReading, notices: [NoticeFacts])] {
        steps.compactMap { if case .place(let reading, let notices, _) = $0 { (reading, notices) } else { nil } }
    }

    var placeCount: Int { places.count }

    /// Each place for itself, then the rest.
    var parts: [PendingReport] {
        let alone = steps.compactMap { step in
            if case .place = step { PendingReport(steps: [step]) } else { nil }
        }
        return alone + [withoutPlaces]
    }

    var noticeCount: Int { places.reduce(0) { $0 + $1.notices.count } }

    /// Places that answered.
    var wholePlaces: [WholePlace] {
        places.filter { $0.reading.outcome.isAnswer }.map {
            WholePlace($0.reading.place, reachesBackTo: $0.reading.reachesBackTo)
        }
    }

    var withoutPlaces: PendingReport {
        var rest = self
        rest.steps.removeAll { if case .place = $0 { true } else { false } }
        return rest
    }

    /// The same with other words for what was read.
    func map(
        _ reading: (PlaceReading) -> PlaceReading, _ notices: ([NoticeFacts]) -> [NoticeFacts]
    ) -> PendingReport {
        var changed = self
        changed.steps = steps.map { step in
            if case .place(let told, let found, let at) = step {
                .place(reading(told), notices(found), at: at)
            } else {
                step
            }
        }
        return changed
    }

    /// Writes all of it.
    ///
    /// - Parameters:
    ///   - more: steps that follow those that waited.
    ///   - provider: who delivered what was read.
    func write(
        _ writer: StoreWriter, of job: Job, more: [JobLogEntry] = [], by provider: String? = nil,
        calendar: WorkingCalendar = WorkingCalendar(), at now: Instant
    ) throws -> UpsertCount {
        let notices = places.flatMap(\.notices)
        let count =
            notices.isEmpty
            ? UpsertCount()
            : try writer.upsert(job.accountId, notices, by: provider, of: job.id, calendar: calendar, now: now)
        for (reading, _) in places {
            try writer.recordReading(
                job.accountId, reading.place, outcome: reading.outcome, count: reading.count,
                error: HarmlessText.line(reading.message), at: now)
        }
        for link in links { try writer.linkDocument(link, account: job.accountId, at: now) }
        let entries = steps.map { step in
            switch step {
            case .entry(let entry): entry
            case .place(let reading, _, let at): JobReporter.entry(for: reading, at: at)
            }
        }
        if !entries.isEmpty || !more.isEmpty { try writer.appendLog(job.id, entries + more) }
        return count
    }
}
