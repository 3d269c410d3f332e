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

    /// The lists of the demand screen by service, once asked for: two places may be read from one.
    private typealias Demands = [String: Result<[WireRecord<EFilingDemand>], PortalFailure>]

    func run() async throws(PortalFailure) -> FetchReport {
        try await session.begin()
        let files = EFilingFiles(
            caller: caller, session: session, reporter: reporter)
        var readings: [PlaceReading] = []
        var demands: Demands = [:]
        for place in request.places {
            var findings = EFilingFindings()
            do throws(PortalFailure) {
                findings = try await read(place, files, &demands)
            } catch {
                await reporter.log(.error, "place", "\(place.rawValue): \(error.message)", detail: error.rawAnswer)
                findings.problems.append(error)
            }
            try await stopIfInterrupted()
            let reading = Self.reading(place, findings)
            readings.append(reading)
            try await report(reading, findings.facts)
            await reporter.progress(readings.count * 100 / max(request.places.count, 1))
        }
        if let ending = await session.ending { throw ending }
        return FetchReport(readings: readings)
    }

    private func read(
        _ place: Place, _ files: EFilingFiles, _ demands: inout Demands
    ) async throws(PortalFailure) -> EFilingFindings {
        switch place {
        case .demand, .setOff245:
            var reader = EFilingDemandReader(session: session, user: user, files: files, reporter: reporter)
            if let named = caller.profile.services[.setOffs] { reader.setOffService = named }
            let service = reader.service(of: place)
            let list = if let known = demands[service] { known } else { await reader.list(service) }
            demands[service] = list
            return await reader.read(try list.get(), place)
        case .returns:
            return try await EFilingReturnReader(session: session, user: user, files: files, reporter: reporter).read()
        case .selfFya, .selfFyi, .thirdPartyFya, .thirdPartyFyi:
            return try await EFilingProceedingReader(
                session: session, user: user, files: files, reporter: reporter, place: place
            ).read()
        default: throw PortalFailure(.internal, "the e-filing portal has no such place")
        }
    }

    /// What an interruption of ours left unread says nothing about the portal, so it is not reported as failed.
    private func stopIfInterrupted() async throws(PortalFailure) {
        if Task.isCancelled { throw PortalFailure(.internal, "cancelled") }
        if let ending = await session.ending, ending.cause == .internal { throw ending }
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
