import Domain
import Wire

/// Reads the wanted places one after the other: the old application serves one page of a session at a time.
struct TracesFetch: Sendable {
    let pages: TracesPages
    let request: FetchRequest
    let reporter: any FetchReporter

    /// Statements of periods from then on stand on the new portal, whose services are not known (facts: income-tax-traces
    /// 5.1).
    private static let newPortalSince = LegalDate(year: 2026, month: 4, day: 1)
    private static let notRead = "statements from April 2026 on are on the new portal, which this program does not read"

    func run() async throws(PortalFailure) -> FetchReport {
        try await TracesAsking(pages: pages, reporter: reporter, answer: request.answer).ask(request.wishes)
        var report = FetchReport(readings: [])
        var demand: TracesDemand?
        for (index, place) in request.places.enumerated() {
            var finding = TracesFinding()
            do throws(PortalFailure) {
                finding = try await read(place, &demand)
            } catch {
                // Whether the session ended or we were told to stop, the places that are left were not looked at.
                if error.cause == .sessionExpired || Task.isCancelled { throw error }
                await reporter.log(.error, "place", "\(place.title): \(error.message)", detail: error.rawAnswer)
                finding.problems.append(error)
            }
            report.readings.append(try await tell(finding, place))
            await reporter.progress((index + 1) * 100 / request.places.count)
        }
        return report
    }

    private func read(_ place: Place, _ demand: inout TracesDemand?) async throws(PortalFailure) -> TracesFinding {
        switch place {
        case .communications: return try await TracesInbox(pages: pages).read()
        case .requests: return try await TracesRequests(pages: pages, reporter: reporter).read()
        case .outstandingDemand: return try await self.demand(&demand).finding
        case .defaultSummary:
            return try await TracesDefaults(pages: pages, reporter: reporter).read(try await self.demand(&demand))
        default: throw PortalFailure(.internal, "\(place.rawValue) is no place of TRACES")
        }
    }

    /// Two places begin with the same page, which is asked for once.
    private func demand(_ held: inout TracesDemand?) async throws(PortalFailure) -> TracesDemand {
        if let held { return held }
        let read = try TracesDemand(try await pages.tables(Traces.AppPath.outstandingDemand))
        held = read
        return read
    }

    private func tell(_ finding: TracesFinding, _ place: Place) async throws(PortalFailure) -> PlaceReading {
        var reading = finding.reading(of: place)
        if place == .defaultSummary, reading.outcome.isAnswer, let first = Self.newPortalSince,
            LegalDate.inIndia(request.asOf) >= first
        {
            // Without these words the place would count as read whole, and "none new" be said of what nobody looked at.
            reading.message = Self.notRead
        }
        do {
            for stray in finding.strays + finding.halfRead { try await reporter.setAside(stray) }
            try await reporter.read(reading, notices: finding.notices)
        } catch {
            throw PortalFailure(.internal, HarmlessText.line("what was read could not be stored: \(error)"))
        }
        return reading
    }
}
