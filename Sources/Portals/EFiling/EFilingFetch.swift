import Domain
import Transport
import Wire

/// What came with the notices of one place, and what did not.
struct EFilingFindings: Sendable {
    var facts: [NoticeFacts] = []
    var problems: [PortalFailure] = []
}

/// One fetch from login to report: place by place, one call at a time, as a person would click.
struct EFilingFetch: Sendable {
    let caller: EFilingCaller
    let session: EFilingSession
    let request: FetchRequest
    let reporter: any FetchReporter
    let memory: EFilingMemory

    func run() async throws(PortalFailure) -> FetchReport {
        try await session.begin()
        let files = EFilingFiles(
            caller: caller, session: session, reporter: reporter, memory: memory, identity: request.login.identity)
        let demands = EFilingDemandReader(session: session, user: user, files: files, reporter: reporter)
        var readings: [PlaceReading] = []
        var demandList: Result<[EFilingRecord<EFilingDemand>], PortalFailure>?
        for place in request.places {
            var findings = EFilingFindings()
            do throws(PortalFailure) {
                switch place {
                case .demand, .setOff245:
                    // One list holds both, so it is asked for once.
                    let list = if let demandList { demandList } else { await demands.list() }
                    demandList = list
                    findings = await demands.read(try list.get(), place)
                case .returns:
                    findings = try await EFilingReturnReader(
                        session: session, user: user, files: files, reporter: reporter
                    ).read()
                case .selfFya, .selfFyi, .thirdPartyFya, .thirdPartyFyi:
                    findings = try await EFilingProceedingReader(
                        session: session, user: user, files: files, reporter: reporter, place: place
                    ).read()
                default: throw PortalFailure(.internal, "the e-filing portal has no such place")
                }
            } catch {
                await reporter.log(.error, "place", "\(place.rawValue): \(error.message)", detail: error.rawAnswer)
                findings.problems.append(error)
            }
            let reading = Self.reading(place, findings)
            readings.append(reading)
            try await report(reading, findings.facts)
            await reporter.progress(readings.count * 100 / max(request.places.count, 1))
        }
        if let ending = await session.ending { throw ending }
        return FetchReport(readings: readings)
    }

    private var user: String { request.login.username.uppercased() }

    /// Anything that is missing makes the place failed; only a list that came and had no row is empty.
    private static func reading(_ place: Place, _ findings: EFilingFindings) -> PlaceReading {
        let count = findings.facts.count
        guard let problem = findings.problems.first else {
            return PlaceReading(place: place, outcome: count == 0 ? .empty : .read, count: count)
        }
        let others = findings.problems.count > 1 ? " (and \(findings.problems.count - 1) more)" : ""
        return PlaceReading(
            place: place, outcome: .failed, count: count, cause: problem.cause, message: problem.message + others)
    }

    private func report(_ reading: PlaceReading, _ facts: [NoticeFacts]) async throws(PortalFailure) {
        do {
            try await reporter.read(reading, notices: facts)
        } catch {
            throw PortalFailure(.internal, HarmlessText.line("what was read could not be stored: \(error)"))
        }
    }
}
