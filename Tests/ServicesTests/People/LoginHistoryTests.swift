import Domain
import Store
import Testing

@testable import Services

/// Who changed a login and who saw its password.
@Suite(.timeLimit(.minutes(20))) struct LoginHistoryTests {
    @Test func thousandsOfActionsOfAGstinPushNothingOutOfTheHistoryOfItsLogin() async throws {
        let office = try await Office.make()
        let (subject, now) = (Office.first.auditSubject, office.admin.now)
        try await office.admin.write { writer in
            for number in 0..<300 {
                try writer.recordEvent(
                    AuditEvent(
                        at: now, actor: "worker", action: "operation.einvoice_generate", subject: subject,
                        outcome: "filed", detail: "\(number)"))
            }
        }
        let history = try await office.admin.credentials.history(Office.first)
        #expect(history.map(\.who) == ["asha"])
        #expect(history.first?.what.contains("user name user") == true)
    }
}
