import Domain
import Portals
import Store
import Testing

@testable import Services

/// What an answer costs an operation.
@Suite("Tries of an action") struct OperationVerdictTests {
    private static let now = Instant(seconds: 1_795_180_000)

    /// - Parameter state: of the last but one of its tries.
    private static func verdict(_ state: OperationState) throws -> OperationVerdict {
        let operation = PortalOperation(
            id: OperationId(at: now, random: [1]), kind: .einvoiceGenerate, gstin: try Gstin(WorkHouse.gst.text),
            businessKey: "k", provider: "irp", state: state, fingerprint: "aa", createdAt: now, createdBy: "asha",
            updatedAt: now)
        let held = HeldOperation(
            operation: operation, generation: 1, failures: 19, sentUntil: now, absentAt: nil, idempotencyKey: "i",
            payload: [])
        return OperationVerdict(
            held: held, nic: NicProfile(attempts: 20), now: now, random: SharedRandom(SeededNumbers()).drawing())
    }

    @Test func `a question that the portal does not answer the twentieth time goes to a person`() throws {
        var verdict = try Self.verdict(.unknown)
        let steps = verdict.looked(ActionAnswer(.lookFailed, message: "no answer"))
        #expect(steps.map(\.event) == [.lookFailed, .giveUp])
    }

    @Test func `a question that our own circuit held back is asked when that lets it, however often`() throws {
        var verdict = try Self.verdict(.unknown)
        var answer = ActionAnswer(.lookFailed, message: "left alone for a while")
        answer.notBefore = Self.now + .seconds(600)
        let steps = verdict.looked(answer)
        #expect(steps.map(\.event) == [.lookFailed])
        #expect(steps.first?.isHeldBack == true && steps.first?.isFailure == false)
        #expect(steps.first?.nextAt.map { $0 >= Self.now + .seconds(600) } == true)
    }

    @Test func `a request that our own circuit held back costs no try either`() throws {
        var verdict = try Self.verdict(.queued)
        var answer = ActionAnswer(.notSent, message: "left alone for a while")
        answer.notBefore = Self.now + .seconds(600)
        let steps = verdict.sent(answer, deadline: Self.now)
        #expect(steps.map(\.event) == [.notSent] && steps.first?.isHeldBack == true)
    }
}
