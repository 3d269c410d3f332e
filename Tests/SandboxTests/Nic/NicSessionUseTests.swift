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
        let kept: NicSession?

        init(_ kept: NicSession?) { self.kept = kept }

        func session(of gstin: Gstin) async throws -> NicSession? { kept }
        func keep(_ session: NicSession?, of gstin: Gstin) async throws {}
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
            return .failure(PortalFailure(cause, "refused"))
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
