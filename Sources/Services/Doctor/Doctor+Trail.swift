import Domain
import Store

extension Doctor {
    /// Whether the audit trail holds since its last checkpoint, and where checkpoints are kept outside of the workspace.
    func trail(_ workspace: Workspace) async -> [Finding] {
        var findings: [Finding] = []
        let standing = await workspace.trailStanding()
        if case .unreadable(let problem) = standing {
            findings.append(Finding(grade: .problem, subject: "audit trail", message: problem))
        } else if let problem = standing.problem {
            let message =
                "\(problem): nothing is sent; `portaldesk audit verify` names what is wrong, and `portaldesk audit resume` "
                + "lets it go on"
            findings.append(Finding(grade: .problem, subject: "audit trail", message: message))
        } else {
            findings.append(Finding(grade: .ok, subject: "audit trail", message: await signed(workspace)))
        }
        if let guards = try? await workspace.read({ try $0.missingTrailGuards() }), !guards.isEmpty {
            findings.append(
                Finding(grade: .warning, subject: "audit trail", message: AuditWords.missing(guards: guards)))
        }
        for words in CheckpointPlaces(workspace: workspace).predecessorWords {
            findings.append(Finding(grade: .warning, subject: "audit trail", message: words))
        }
        let places = CheckpointPlaces(workspace: workspace).standings()
        let working = places.filter { $0.problem == nil }
        for place in places {
            if let problem = place.problem {
                let message = "no checkpoint is kept in the \(place.place.rawValue) \(place.path): \(problem)"
                findings.append(Finding(grade: .warning, subject: "checkpoints", message: message))
            } else {
                findings.append(Finding(grade: .ok, subject: "checkpoints", message: place.path))
            }
        }
        if working.count + (workspace.settings.audit.mail.isEmpty ? 0 : 1) < 2 {
            let message = "kept in fewer than two places outside; name an address as `mail` under [audit]"
            findings.append(Finding(grade: .warning, subject: "checkpoints", message: message))
        }
        return findings
    }

    private func signed(_ workspace: Workspace) async -> String {
        let found = try? await workspace.read { (try $0.auditHead()?.size ?? 0, try $0.newestCheckpoint()?.size ?? 0) }
        guard let (size, signed) = found else { return "it holds" }
        return "\(Counted.text(Int(size), "record")), the first \(Int(signed).grouped) signed; it holds since then"
    }
}
