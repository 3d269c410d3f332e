import Domain
import Store

extension Doctor {
    /// So many are named; the others are counted.
    private static let mostNamed = 20

    /// Whether every action can be read: one that cannot is in no list of what is to be done.
    func operations(_ workspace: Workspace) async -> [Finding] {
        do throws(Complaint) {
            let damaged = try await workspace.read { try $0.damagedOperations() }
            guard !damaged.isEmpty else {
                return [Finding(grade: .ok, subject: "actions", message: "every action and its evidence can be read")]
            }
            let named = damaged.prefix(Self.mostNamed).map { damaged in
                let complaint = Complaint(
                    "operation \(damaged.id) is damaged", why: damaged.what,
                    remedy:
                        "Nothing is sent for it. Look at the portal what became of it, and put the database back from "
                        + "a backup", status: .badData)
                return Finding(grade: .problem, subject: "actions", message: complaint.description)
            }
            let rest = damaged.count - named.count
            guard rest > 0 else { return named }
            let more = "\(Counted.text(rest, "other action")) cannot be read either"
            return named + [Finding(grade: .problem, subject: "actions", message: more)]
        } catch {
            return [Finding(grade: .problem, subject: "actions", message: error.description)]
        }
    }
}
