import Domain
import Testing

/// The table of offices and deeds, written out by hand.
@Suite struct PermissionTests {
    private static let table: [(Deed, admin: Bool, plain: Bool, editor: Bool, revealer: Bool, support: Bool)] = [
        (.see, true, true, true, true, true),
        (.controlJobs, true, true, true, true, true),
        (.fetch, true, true, true, true, false),
        (.verify, true, true, true, true, false),
        (.workNotices, true, true, true, true, false),
        (.act, true, true, true, true, false),
        (.answer, true, true, true, true, false),
        (.keepBusinesses, true, true, true, true, false),
        (.editCredential, true, false, true, false, false),
        (.revealPassword, true, false, false, true, false),
        (.administer, true, false, false, false, false),
        (.auditOwn, true, true, true, true, true),
        (.auditAll, true, false, false, false, false),
        (.openBodies, true, false, false, true, false),
        (.bundleSupport, true, true, true, true, true),
        (.lookUpMask, true, false, false, false, false),
    ]

    private func person(_ role: Role, _ grants: Set<CredentialGrant> = []) -> Person {
        Person(name: "ravi", email: "ravi@firm.example", role: role, grants: grants)
    }

    @Test func everyOfficeMayWhatTheTableSays() {
        #expect(Set(Self.table.map(\.0)) == Set(Deed.allCases))
        for row in Self.table {
            #expect(person(.admin).may(row.0).isPermitted == row.admin, "\(row.0)")
            #expect(person(.operator_).may(row.0).isPermitted == row.plain, "\(row.0)")
            #expect(person(.operator_, [.edit]).may(row.0).isPermitted == row.editor, "\(row.0)")
            #expect(person(.operator_, [.reveal]).may(row.0).isPermitted == row.revealer, "\(row.0)")
            // Grants lift nobody out of support.
            for grants in [[], [.view, .edit, .reveal]] as [Set<CredentialGrant>] {
                #expect(person(.support, grants).may(row.0).isPermitted == row.support, "\(row.0)")
            }
        }
    }

    @Test func whoIsDisabledMayNothing() {
        var admin = person(.admin)
        admin.isEnabled = false
        for deed in Deed.allCases { #expect(!admin.may(deed).isPermitted) }
    }

    @Test func aRefusalSaysWhy() {
        #expect(
            person(.operator_).may(.revealPassword) == .refused("an admin has not granted ravi to reveal credentials"))
        #expect(person(.support).may(.fetch) == .refused("support may look and retry jobs, no more"))
    }
}
