import Domain
import Foundation
import Store
import Wire

/// Puts changes of the settings on record. They are files that people edit by hand, so what is told is that a file is
/// another one than when this program looked last, with the hash of what stands there now.
struct SettingsOnRecord: Sendable {
    let workspace: Workspace

    private static let key = "audit.settings"

    /// - Throws: a `Complaint` when it cannot be written.
    func note() async throws(Complaint) {
        let found = files()
        let (key, actor, now) = (Self.key, workspace.acting.actorName, workspace.now)
        let known = try workspace.lookUp { try $0.setting(key) }
        guard known != AuditDetail.text(found) else { return }
        try await workspace.write { writer in
            let before = try writer.reader.setting(key).map { AuditDetail.facts($0) }
            // The first look finds what was set up, and nothing that was changed.
            if let before {
                for name in Set(before.keys).union(found.keys).sorted() where before[name] != found[name] {
                    let facts = ["before": before[name], "now": found[name]].compactMapValues(\.self)
                    try writer.recordEvent(
                        AuditEvent(
                            at: now, actor: actor, action: "settings.changed", subject: name, outcome: "noticed",
                            detail: AuditDetail.text(facts)))
                }
            }
            try writer.setSetting(key, AuditDetail.text(found))
        }
    }

    /// SHA-256 by the file's name in the workspace.
    private func files() -> [String: String] {
        let home = workspace.home
        let providers = (try? FileManager.default.contentsOfDirectory(atPath: home.providers)) ?? []
        let names = ["config.toml"] + providers.filter { $0.hasSuffix(".toml") }.sorted().map { "providers/\($0)" }
        var all: [String: String] = [:]
        for name in names {
            guard let bytes = FileManager.default.contents(atPath: "\(home.path)/\(name)") else { continue }
            all[name] = ContentHash.sha256(Array(bytes))
        }
        return all
    }
}
