import Domain
import Transport
import Wire

/// What came with the notices of one place, and what did not.
struct EFilingFindings: Sendable {
    var facts: [NoticeFacts] = []
    var problems: [PortalFailure] = []
    /// Documents that are larger, or more, than is taken: they are named and stay at the portal.
    var leftOut: Set<String> = []
    /// The proceedings that the list holds; nil of other screens, and where the list could not be read whole.
    var listed: Set<String>?

    /// How the place ended. Anything that is missing makes it failed; only a list that came and had no row is empty.
    func reading(of place: Place) -> PlaceReading {
        let count = facts.count
        if let problem = problems.first {
            let others = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
            return PlaceReading(
                place: place, outcome: .failed, count: count, cause: problem.cause, message: problem.message + others)
        }
        var reading = PlaceReading(place: place, outcome: count == 0 ? .empty : .read, count: count)
        if !leftOut.isEmpty {
            reading.message = "\(Counted.text(leftOut.count, "file")) left at the portal: too large, or too many"
        }
        return reading
    }
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
        let known = EFilingKnown(await reporter.knownNotices(), today: LegalDate.inIndia(request.asOf))
        var readings: [PlaceReading] = []
        var listed: [Place: Set<String>] = [:]
        var demands: Demands = [:]
        for place in request.places {
            var findings = EFilingFindings()
            await session.turn(to: place)
            do throws(PortalFailure) {
                findings = try await read(place, files, known, &demands)
                listed[place] = findings.listed
            } catch {
                await reporter.log(.error, "place", "\(place.title): \(error.message)", detail: error.rawAnswer)
                findings.problems.append(error)
            }
            try await stopIfInterrupted()
            let reading = findings.reading(of: place)
            readings.append(reading)
            try await report(reading, findings.facts)
            await reporter.progress(readings.count * 100 / max(request.places.count, 1))
            // What was not begun was not tried either: it comes first in the next attempt.
            if await session.ending?.isOutOfTime == true { break }
        }
        if await session.ending == nil {
            try await readVanished(EFilingVanished.of(known, listed: listed), files, known, &readings)
        }
        if let ending = await session.ending { throw ending }
        return FetchReport(readings: readings)
    }

    private func read(
        _ place: Place, _ files: EFilingFiles, _ known: EFilingKnown, _ demands: inout Demands
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
            return try await proceedings(place, files, known).read()
        default: throw PortalFailure(.internal, "the e-filing portal has no such place")
        }
    }

    private func proceedings(_ place: Place, _ files: EFilingFiles, _ known: EFilingKnown) -> EFilingProceedingReader {
        EFilingProceedingReader(
            session: session, user: user, files: files, reporter: reporter, place: place, known: known)
    }

    /// A proceeding can leave every list once it is closed, and its order with it: such a one is asked for once by its
    /// number (facts: income-tax-traces 3.13).
    private func readVanished(
        _ vanished: [EFilingVanished], _ files: EFilingFiles, _ known: EFilingKnown, _ readings: inout [PlaceReading]
    ) async throws(PortalFailure) {
        for one in vanished {
            guard let index = readings.firstIndex(where: { $0.place == one.place }), readings[index].outcome.isAnswer
            else { continue }
            await session.turn(to: one.place)
            let findings = await proceedings(one.place, files, known).read(vanished: one)
            try await stopIfInterrupted()
            if !findings.problems.isEmpty {
                let failed = findings.reading(of: one.place)
                (readings[index].outcome, readings[index].cause) = (.failed, failed.cause)
                readings[index].message = failed.message
            }
            try await report(readings[index], findings.facts)
            if await session.ending != nil { return }
        }
    }

    /// What an interruption of ours left unread says nothing about the portal, so it is not reported as failed.
    private func stopIfInterrupted() async throws(PortalFailure) {
        if Task.isCancelled { throw PortalFailure(.internal, "cancelled") }
        if let ending = await session.ending, ending.cause == .internal { throw ending }
    }

    private var user: String { request.login.username.uppercased() }

    private func report(_ reading: PlaceReading, _ facts: [NoticeFacts]) async throws(PortalFailure) {
        do {
            try await reporter.read(reading, notices: facts)
        } catch {
            throw PortalFailure(.internal, HarmlessText.line("what was read could not be stored: \(error)"))
        }
    }
}
