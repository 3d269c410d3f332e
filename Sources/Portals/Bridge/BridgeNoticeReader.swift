import Domain
import Transport
import Wire

/// Reads the notices that a finished job found, with details and documents, and reports place by place.
struct BridgeNoticeReader: Sendable {
    let caller: BridgeCaller
    let request: FetchRequest
    let reporter: any FetchReporter

    /// What came with the notices of one place, and what did not.
    private struct Found: Sendable {
        var facts: [NoticeFacts] = []
        var problems: [PortalFailure] = []
        /// Records that were set aside.
        var aside = 0
        /// Of the notices that are there, but with values that nobody could read.
        var halfRead: [StrayRecord] = []
    }

    func read(_ said: [PlaceReading]) async throws(PortalFailure) -> [PlaceReading] {
        var list = BridgeNoticeList.Found()
        if said.contains(where: { $0.outcome == .read }) {
            do throws(PortalFailure) {
                list = try await BridgeNoticeList(caller: caller, request: request, reporter: reporter).all()
            } catch {
                // What an interruption of ours left unread says nothing about the portal.
                if Task.isCancelled { throw error }
                _ = try await report(said.map { lost($0, error) }, [:])
                throw error
            }
        }
        try await setAside(list.strays.union(list.examples))
        var found = await details(of: list.notices, wanted: Set(said.map(\.place)))
        if Task.isCancelled { throw PortalFailure(.internal, "cancelled") }
        try await setAside(Set(found.values.flatMap(\.halfRead)))
        for (place, count) in list.missing { found[place, default: Found()].aside = count }
        return try await report(said.map { judge($0, found[$0.place] ?? Found()) }, found)
    }

    /// A place whose notices could not be had is failed, whatever the job said.
    private func lost(_ reading: PlaceReading, _ failure: PortalFailure) -> PlaceReading {
        guard reading.outcome == .read else { return reading }
        return PlaceReading(place: reading.place, outcome: .failed, cause: failure.cause, message: failure.message)
    }

    /// Holds the job's count against what was delivered, and every part against its promise.
    private func judge(_ reading: PlaceReading, _ found: Found) -> PlaceReading {
        let isMore = !found.facts.isEmpty || found.aside > 0
        guard reading.outcome == .read || (reading.outcome == .empty && isMore) else { return reading }
        var result = reading
        let shown = found.facts.filter { $0.state != .withdrawn }.count
        if let problem = found.problems.first {
            result.outcome = .failed
            result.cause = problem.cause
            let others = found.problems.count > 1 ? " (and \(found.problems.count - 1) more)" : ""
            result.message = problem.message + others
        } else if shown == 0, found.aside > 0 {
            result.outcome = .failed
            result.cause = .portalChanged
            result.message = "no notice of the list is understood; \(Counted.text(found.aside, "record")) set aside"
        } else if request.since == nil, shown + found.aside < reading.count {
            result.outcome = .failed
            result.cause = .placeFailed
            result.message = "the provider counted \(Counted.text(reading.count, "notice")) but delivered \(shown)"
        } else if shown > 0 {
            result.outcome = .read
        }
        result.count = shown
        return result
    }

    private func setAside(_ strays: Set<StrayRecord>) async throws(PortalFailure) {
        do {
            for stray in strays.sorted(by: { $0.raw.lexicographicallyPrecedes($1.raw) }) {
                try await reporter.setAside(stray)
            }
        } catch {
            throw PortalFailure(.internal, HarmlessText.line("a record could not be set aside: \(error)"))
        }
    }

    private func report(_ readings: [PlaceReading], _ found: [Place: Found]) async throws(PortalFailure)
        -> [PlaceReading]
    {
        for reading in readings {
            do {
                try await reporter.read(reading, notices: found[reading.place]?.facts ?? [])
            } catch {
                throw PortalFailure(.internal, HarmlessText.line("what was read could not be stored: \(error)"))
            }
        }
        await reporter.progress(100)
        return readings
    }

    private func details(of items: [BridgeNoticeList.Found.Item], wanted: Set<Place>) async -> [Place: Found] {
        var ours: [(item: BridgeNoticeList.Found.Item, place: Place)] = []
        for item in items {
            guard let place = Place(rawValue: item.notice.place) else { continue }
            if wanted.contains(place) { ours.append((item, place)) }
        }
        let reader = BridgeDetailReader(caller: caller, request: request, reporter: reporter)
        var found: [Place: Found] = [:]
        var done = 0
        await eachConcurrently(ours, width: 4) { entry in
            (entry, await reader.read(entry.item.notice, place: entry.place))
        } then: { entry, result in
            let place = entry.place
            found[place, default: Found()].facts.append(result.facts)
            found[place, default: Found()].problems += result.problems
            if let stray = StrayRecord(
                result.facts, unread: result.unread, raw: result.rawDetail ?? entry.item.record.raw)
            {
                found[place, default: Found()].halfRead.append(stray)
            }
            done += 1
            await reporter.progress(60 + done * 39 / max(ours.count, 1))
        }
        return found
    }

    /// Runs `body` on several items at once and hands the results over in the order of the items.
    private func eachConcurrently<Item: Sendable, Result: Sendable>(
        _ items: [Item], width: Int, _ body: @escaping @Sendable (Item) async -> Result,
        then take: (Result) async -> Void
    ) async {
        await withTaskGroup(of: (Int, Result).self) { group in
            var next = 0
            var waiting: [Int: Result] = [:]
            var taken = 0
            while taken < items.count {
                while next < items.count, next - taken < width {
                    let index = next
                    group.addTask { (index, await body(items[index])) }
                    next += 1
                }
                guard let (index, result) = await group.next() else { return }
                waiting[index] = result
                while let result = waiting.removeValue(forKey: taken) {
                    await take(result)
                    taken += 1
                }
            }
        }
    }
}
