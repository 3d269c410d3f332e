import Domain
import Services

@testable import Desk

extension Sample {
    static let olu = Person(name: "olu", email: "olu@firm.example", role: .operator_)

    static let incomeTaxAccounts: [PortalAccount] = (0..<4).map { index in
        var account = account(index, index == 1 ? .notVerified : .verified, reason: index == 1 ? .wrongPassword : nil)
        account.identity = identity(index, .incomeTax)
        return account
    }

    static let paper = WrittenAuthority(
        givenOn: LegalDate(dayNumber: 20_544), note: "folder 12", recordedBy: "ravi",
        recordedAt: now - .seconds(864_000))

    /// Recorded, missing, missing, and not needed.
    static let authorities: [PortalIdentity: AuthorityService.Standing] = [
        identity(0, .incomeTax): .init(authority: paper, isNeeded: true),
        identity(1, .incomeTax): .init(isNeeded: true), identity(2, .incomeTax): .init(isNeeded: true),
        identity(3, .incomeTax): .init(isNeeded: false),
    ]
}
