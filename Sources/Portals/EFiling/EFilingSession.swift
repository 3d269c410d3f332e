import Domain
import Secrets
import Transport
import Wire

/// The session of one fetch. When the portal ends it in the middle, the login is made again once; after that, or when the
/// new login is refused, every further call fails with the same word.
actor EFilingSession {
    private let caller: EFilingCaller
    private let request: FetchRequest
    private let reporter: any FetchReporter
    private let sessions: EFilingSessions
    private var jar: CookieJar?
    private var hasRestarted = false
    /// Which list is being read, for records that are kept as examples.
    private var place: Place?
    /// Places with names of new fields of which an example is kept already.
    private var examples: Set<[String]> = []
    /// Why no further call can succeed.
    private(set) var ending: PortalFailure?

    init(caller: EFilingCaller, request: FetchRequest, reporter: any FetchReporter, sessions: EFilingSessions) {
        self.caller = caller
        self.request = request
        self.reporter = reporter
        self.sessions = sessions
    }

    /// Takes up the session of an earlier job while it lives, so that we do not lock ourselves out; else logs in.
    func begin() async throws(PortalFailure) {
        let login = request.login
        if let held = sessions.session(of: login),
            await Self.isAlive(held, user: login.username, caller: caller, deadline: request.deadline)
        {
            await reporter.log(.info, "login", "the session of an earlier job still lives; no login is needed")
            jar = held
            return
        }
        try await logIn()
    }

    /// Names the list whose calls follow.
    func turn(to place: Place) { self.place = place }

    /// The whole answer of a read, messages checked.
    func read(_ call: EFilingCaller.Call) async throws(PortalFailure) -> HTTPResponse {
        if let ending { throw ending }
        do throws(PortalFailure) {
            return try await readOnce(call)
        } catch {
            let failure = endingIfOver(error)
            guard failure.cause == .sessionExpired else { throw failure }
            try await restart(after: failure)
        }
        do throws(PortalFailure) {
            return try await readOnce(call)
        } catch {
            let failure = endingIfOver(error)
            if failure.cause == .sessionExpired { ending = failure }
            throw failure
        }
    }

    /// After our own interruption, and when the time of the attempt is used up, no other call need be tried.
    private func endingIfOver(_ failure: PortalFailure) -> PortalFailure {
        if failure.cause == .internal || failure.isOutOfTime {
            ending = failure
        } else if ContinuousClock.now >= request.deadline {
            var over = PortalFailure(.placeFailed, "the time of this attempt is used up; the next one goes on")
            over.isOutOfTime = true
            ending = over
        }
        return ending ?? failure
    }

    func decode<Payload: WirePayload>(
        _ type: Payload.Type, _ call: EFilingCaller.Call
    ) async throws(PortalFailure) -> Payload {
        let response = try await read(call)
        do throws(WireJSON.Problem) {
            let decoded = try WireJSON.decode(type, from: response.body)
            // The keys of a set of documents are their numbers, and no names of fields.
            if type != EFilingLetter.self { await keepExample(decoded.unknownFields, response.body) }
            return decoded.payload
        } catch {
            var failure = PortalFailure(
                .portalChanged,
                HarmlessText.line("the answer of \(call.name) is not understood: \(error.message)"))
            failure.rawAnswer = RawHead.block(response.body)
            failure.isPortalsOwn = EFilingMessages.areIn(response.body)
            throw failure
        }
    }

    /// Fields that this version does not know may be what people look for, so one record with them is kept.
    private func keepExample(_ fields: [String], _ body: [UInt8]) async {
        guard let place, !fields.isEmpty, examples.insert([place.rawValue] + fields).inserted else { return }
        // What cannot be kept costs the read nothing.
        try? await reporter.setAside(
            StrayRecord(place, newFields: fields, example: Array(body.prefix(Self.longestExample))))
    }

    private static let longestExample = 64 << 10

    /// Whether a session lives, by the portal's own keep-alive.
    static func isAlive(
        _ jar: CookieJar, user: String, caller: EFilingCaller, deadline: ContinuousClock.Instant
    ) async -> Bool {
        var asked = EFilingRequest()
        asked.loggedInUserId = user.uppercased()
        guard let call = try? EFilingCaller.Call.asking(.extendSession, asked),
            let response = try? await caller.send(call, jar: jar, deadline: deadline)
        else { return false }
        let messages = try? WireJSON.decode(EFilingMessages.self, from: response.body).payload.messages
        return EFilingFailure.from(messages, call) == nil
    }

    private func readOnce(_ call: EFilingCaller.Call) async throws(PortalFailure) -> HTTPResponse {
        guard let jar else { throw PortalFailure(.internal, "a call was made before the login") }
        let response = try await caller.read(call, jar: jar, deadline: request.deadline)
        // Lists and files are no objects with messages; only what begins as one is looked at.
        if response.body.first == UInt8(ascii: "{"), EFilingMessages.mayStand(in: response.body),
            let said = try? WireJSON.decode(EFilingMessages.self, from: response.body).payload,
            let failure = EFilingFailure.from(said.messages, call)
        {
            throw failure
        }
        return response
    }

    private func restart(after failure: PortalFailure) async throws(PortalFailure) {
        guard !hasRestarted else {
            ending = failure
            throw failure
        }
        hasRestarted = true
        await reporter.log(.warning, "login", "the portal ended the session; logging in once more")
        sessions.keep(nil, of: request.login)
        do throws(PortalFailure) {
            try await logIn()
        } catch {
            ending = error
            throw error
        }
    }

    private func logIn() async throws(PortalFailure) {
        // A one-time password is good once; the next login asks for another.
        let isSpent = hasRestarted && request.answer.map(EFilingQuestion.isOtp) == true
        let run = EFilingLoginRun(
            caller: caller, login: request.login, sessions: sessions, deadline: request.deadline, reporter: reporter,
            answer: isSpent ? nil : request.answer)
        let new = try await run.logIn()
        jar = new
        sessions.keep(new, of: request.login)
    }
}
