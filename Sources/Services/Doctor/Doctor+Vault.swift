import Domain
import Store

extension Doctor {
    /// What can be told of the vault by whoever asks: all of it to a holder of its key, to others only that it is there.
    func vault(_ workspace: Workspace) async -> [Finding] {
        do throws(Complaint) {
            if workspace.acting.current == .nobody { _ = try await workspace.login.resume() }
            if workspace.hasKeyFile {
                try await workspace.credentials.checkKey()
                let message = "an older workspace: its key lies in vault.key until an admin logs in"
                return [Finding(grade: .warning, subject: "vault", message: message)]
            }
            let status = try await workspace.vault.found()
            var findings: [Finding] = []
            if status.isOpen {
                findings.append(try await passwords(workspace))
            } else {
                let message = "closed to whoever runs this; log in as a holder of its key to check that it opens"
                findings.append(Finding(grade: .ok, subject: "vault", message: message))
            }
            if status.isRotating {
                let message = "a rotation was cut off; finish it with `portaldesk vault rotate`"
                findings.append(Finding(grade: .warning, subject: "vault", message: message))
            }
            return findings
        } catch {
            return [Finding(grade: .problem, subject: "vault", message: error.description)]
        }
    }

    private func passwords(_ workspace: Workspace) async throws(Complaint) -> Finding {
        let (count, damaged) = try await workspace.vault.check()
        if damaged.isEmpty {
            let message = "open; \(Counted.text(count, "stored password")), and every one opens"
            return Finding(grade: .ok, subject: "vault", message: message)
        }
        let complaint = Complaint(
            "\(damaged.count) of \(Counted.text(count, "stored password")) \(damaged.count == 1 ? "does" : "do") not open",
            why: "changed outside of PortalDesk: " + (try await workspace.vault.names(damaged)),
            remedy: "Find out who writes the database, then enter them again", status: .badData)
        return Finding(grade: .problem, subject: "vault", message: complaint.description)
    }
}
