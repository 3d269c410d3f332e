import Crypto
import Domain
import Secrets
import Synchronization
import Testing

@testable import Portals

/// Logins at NIC: as few as possible, and none with a password that was refused.
@Suite("Sessions at NIC") struct NicSessionUseTests {
    private static let now = Instant(seconds: 1_795_180_000)

    private final class Keeper: NicSessionKeeper {
        let refusals = Mutex<[String]>([])
        let kept: Mutex<NicSession?>
        /// Runs when a session was read and is not handed out yet.
        let whileReading = Mutex<(@Sendable () async -> Void)?>(nil)
        /// Runs before a session is written.
        let whileKeeping = Mutex<(@Sendable () async -> Void)?>(nil)

        init(_ kept: NicSession?) { self.kept = Mutex(kept) }

        func session(of gstin: Gstin) async throws -> NicSession? {
            let read = kept.withLock { $0 }
            if let event = whileReading.withLock({ $0 }) { await event() }
            return read
        }

        func keep(_ session: NicSession, of gstin: Gstin) async throws {
            if let event = whileKeeping.withLock({ $0 }) { await event() }
            kept.withLock { $0 = session }
        }

        func discard(_ session: NicSession, of gstin: Gstin) async {
            kept.withLock { if $0?.id == session.id { $0 = nil } }
        }

        func refuse(_ gstin: Gstin, userVersion: Int, why: String) async {
            refusals.withLock { $0.append("\(userVersion) \(why)") }
        }
    }

    private struct Stage {
        let keeper: Keeper
        let sessions: NicSessions
        let logins: Counter
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)
        func add() { count.withLock { $0 += 1 } }
        var value: Int { count.withLock { $0 } }
    }

    /// - Parameter life: what is left of the session that stands; nil for none.
    private func stage(_ cause: Cause, life: Duration?) -> Stage {
        let kept = life.map {
            NicSession(token: "old", sek: .init(size: .bits256), expiresAt: Self.now + $0, userVersion: 1)
        }
        let (keeper, logins) = (Keeper(kept), Counter())
        let sessions = NicSessions(keeper: keeper, now: { Self.now }) { _, _ in
            logins.add()
            return .failure(PortalFailure(cause, "refused", portalCode: "1"))
        }
        return Stage(keeper: keeper, sessions: sessions, logins: logins)
    }

    private func order(version: Int = 1, refusal: String? = nil) throws -> ActionOrder {
        let user = ApiUser(name: "u", password: SecretBytes(utf8: "p"), version: version, refusal: refusal)
        return ActionOrder(
            kind: .ewaybillGenerate, gstin: try Gstin("09AAFHH6756K1ZQ"), user: user, payload: [],
            deadline: .now + .seconds(60))
    }

    @Test func `in its last minutes a session serves on, and a refused password is tried once`() async throws {
        let stage = stage(.wrongPassword, life: .seconds(300))
        for _ in 0..<5 { #expect(try await stage.sessions.session(for: try order()).token == "old") }
        #expect(stage.logins.value == 1)
        #expect(stage.keeper.refusals.withLock { $0 } == ["1 refused"])
    }

    @Test func `without a session the refused password is offered once, and a new one again`() async throws {
        let stage = stage(.wrongPassword, life: nil)
        for _ in 0..<5 {
            await #expect(throws: PortalFailure.self) { _ = try await stage.sessions.session(for: try order()) }
        }
        #expect(stage.logins.value == 1)
        await #expect(throws: PortalFailure.self) { _ = try await stage.sessions.session(for: try order(version: 2)) }
        #expect(stage.logins.value == 2)
    }

    @Test func `what was refused in an earlier run is not offered in this one`() async throws {
        let stage = stage(.wrongPassword, life: nil)
        await #expect(throws: PortalFailure.self) {
            _ = try await stage.sessions.session(for: try order(refusal: "1008"))
        }
        #expect(stage.logins.value == 0)
    }

    @Test func `a portal that is away is not asked for a new session by every call`() async throws {
        let stage = stage(.portalDown, life: .seconds(300))
        for _ in 0..<5 { #expect(try await stage.sessions.session(for: try order()).token == "old") }
        #expect(stage.logins.value == 1 && stage.keeper.refusals.withLock { $0.isEmpty })
    }

    /// Fifty bills that wait for the same session are one login, and none of them loses a try by it.
    @Test func `behind a login that failed the others wait instead of trying too`() async throws {
        let stage = stage(.portalDown, life: nil)
        let order = try order()
        for number in 0..<50 {
            do throws(PortalFailure) {
                _ = try await stage.sessions.session(for: order)
                Issue.record("there is no session")
            } catch {
                #expect(error.cause == .portalDown)
                #expect(error.notBefore == (number == 0 ? nil : Self.now + .seconds(30)))
            }
        }
        #expect(stage.logins.value == 1)
        // Whoever sets the user right need not wait.
        await #expect(throws: PortalFailure.self) {
            _ = try await stage.sessions.session(for: try self.order(version: 2))
        }
        #expect(stage.logins.value == 2)
    }

    @Test func `the e-way bill system is asked for five sessions in a quarter of an hour`() async throws {
        let (keeper, count) = (Keeper(nil), Counter())
        let moment = Mutex(Self.now)
        let sessions = NicSessions(keeper: keeper, policy: .ewb, now: { moment.withLock { $0 } }) { _, _ in
            count.add()
            return .success(Self.session("login \(count.value)"))
        }
        let order = try order()
        for _ in 0..<5 {
            let session = try await sessions.session(for: order)
            await sessions.discard(session, of: order.gstin)
        }
        do throws(PortalFailure) {
            _ = try await sessions.session(for: order)
            Issue.record("a sixth login was tried")
        } catch {
            #expect(error.cause == .rateLimited && error.notBefore == Self.now + .seconds(900))
        }
        moment.withLock { $0 = Self.now + .seconds(901) }
        #expect(try await sessions.session(for: order).id == "login 6")
    }

    @Test func `logins that never left are none of the five`() async throws {
        let count = Counter()
        let sessions = NicSessions(keeper: Keeper(nil), policy: .ewb, now: { Self.now }) { _, _ in
            count.add()
            guard count.value > 6 else { return .failure(PortalFailure(.portalDown, "nobody answers")) }
            return .success(Self.session("login \(count.value)"))
        }
        for _ in 0..<6 {
            await #expect(throws: PortalFailure.self) { _ = try await sessions.session(for: try order()) }
        }
        #expect(try await sessions.session(for: try order()).id == "login 7")
    }

    @Test func `a session of the e-way bill system serves to its end`() async throws {
        let kept = NicSession(
            token: "old", sek: .init(size: .bits256), expiresAt: Self.now + .seconds(120), userVersion: 1)
        let count = Counter()
        let sessions = NicSessions(keeper: Keeper(kept), policy: .ewb, now: { Self.now }) { _, _ in
            count.add()
            return .success(Self.session("login"))
        }
        // A login would give the same session again, and count as one of five.
        #expect(try await sessions.session(for: try order()).token == "old" && count.value == 0)
    }

    /// Sessions that a login opens, one after the other.
    private func opening(_ keeper: Keeper) -> NicSessions {
        let count = Counter()
        return NicSessions(keeper: keeper, now: { Self.now }) { _, _ in
            count.add()
            // The portal gives the same token to each login.
            return .success(Self.session("login \(count.value)"))
        }
    }

    private static func session(_ id: String) -> NicSession {
        NicSession(
            id: id, token: "same", sek: .init(size: .bits256), expiresAt: now + .seconds(3_600), userVersion: 1)
    }

    @Test func `a session that is discarded while it is read is not handed out`() async throws {
        let old = Self.session("old")
        let keeper = Keeper(old)
        let sessions = opening(keeper)
        let order = try order()
        keeper.whileReading.withLock { $0 = { await sessions.discard(old, of: order.gstin) } }
        #expect(try await sessions.session(for: order).id == "login 1")
        #expect(keeper.kept.withLock { $0?.id } == "login 1")
    }

    @Test func `a session that is discarded before it was kept is not kept`() async throws {
        let keeper = Keeper(nil)
        let sessions = opening(keeper)
        let order = try order()
        keeper.whileKeeping.withLock { event in
            event = {
                // Only the first one is refused.
                keeper.whileKeeping.withLock { $0 = nil }
                await sessions.discard(Self.session("login 1"), of: order.gstin)
            }
        }
        _ = try await sessions.session(for: order)
        #expect(keeper.kept.withLock { $0?.id } == nil)
        #expect(try await sessions.session(for: order).id == "login 2")
    }

    @Test func `a late refusal of an old session leaves the new one alone, here and with the keeper`() async throws {
        let keeper = Keeper(nil)
        let sessions = opening(keeper)
        let order = try order()
        let first = try await sessions.session(for: order)
        await sessions.discard(first, of: order.gstin)
        let second = try await sessions.session(for: order)
        await sessions.discard(first, of: order.gstin)
        #expect(try await sessions.session(for: order).id == second.id)
        #expect(keeper.kept.withLock { $0?.id } == second.id)
    }

    @Test func `a session keeps its name in what is sealed, and an older one has its token for a name`() throws {
        let session = Self.session("login 7")
        #expect(NicSession(session.secret())?.id == "login 7")
        let key = String(repeating: "A", count: 43) + "="
        let older = #"{"token":"t","sek":"\#(key)","expiresAt":1,"userVersion":1}"#
        #expect(NicSession(SecretBytes(utf8: older))?.id == "t")
    }

    @Test func `all who wait for one refresh fall back to the session that stands`() async throws {
        let stage = stage(.portalDown, life: .seconds(300))
        let order = try order()
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try await stage.sessions.session(for: order).token } }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(tokens == [String](repeating: "old", count: 8) && stage.logins.value == 1)
    }
}
