import Domain
import Foundation
import Glibc
import Secrets
import Store

/// Checks the installation, the workspace and the providers; each finding says what to do.
public struct Doctor: Sendable {
    public struct Finding: Sendable, Hashable {
        public enum Grade: String, Sendable { case ok, warning, problem }
        public var grade: Grade
        public var subject: String
        public var message: String
    }

    let home: Home
    let surroundings: Surroundings
    let checkSettings: @Sendable (Settings) -> [SettingRemark]

    /// - Parameter checkSettings: what the desk says about settings that only it understands.
    public init(
        home: Home, surroundings: Surroundings,
        checkSettings: @escaping @Sendable (Settings) -> [SettingRemark] = { _ in [] }
    ) {
        self.home = home
        self.surroundings = surroundings
        self.checkSettings = checkSettings
    }

    public func examine() async -> [Finding] {
        let findings = installation()
        let workspace: Workspace
        do throws(Complaint) {
            workspace = try Workspace.open(home, surroundings)
        } catch {
            return findings + [Finding(grade: .problem, subject: "workspace", message: error.description)]
        }
        defer { workspace.close() }
        return findings + (await examined(workspace))
    }

    /// The same of a workspace that is open, for whoever uses it.
    func examine(_ workspace: Workspace) async -> [Finding] { installation() + (await examined(workspace)) }

    private func examined(_ workspace: Workspace) async -> [Finding] {
        var findings = [Finding(grade: .ok, subject: "workspace", message: "\(home.path), mode 0700")]
        findings += settings(workspace)
        findings += await database(workspace)
        findings += await operations(workspace)
        findings += await vault(workspace)
        findings += await trail(workspace)
        findings.append(await documents(workspace))
        findings += room() + memory()
        findings += providers(workspace)
        findings.append(mail(workspace))
        findings.append(await worker(workspace))
        findings.append(
            Finding(
                grade: .warning, subject: "roles",
                message:
                    "Roles guide rather than guard on one shared Unix account; run the worker under another account or systemd to enforce them."
            ))
        return findings
    }

    private func installation() -> [Finding] {
        var findings = [Finding(grade: .ok, subject: "program", message: "portaldesk \(surroundings.version)")]
        setlocale(LC_CTYPE, "")
        let codeset = String(cString: nl_langinfo(Int32(CODESET)))
        let isUtf8 = codeset == "UTF-8"
        findings.append(
            Finding(
                grade: isUtf8 ? .ok : .warning, subject: "locale",
                message: isUtf8
                    ? "UTF-8" : "\(codeset): the desk draws in ASCII; set LANG=C.UTF-8 for names in Indian scripts."))
        if ["libcurl-gnutls.so.4", "libcurl.so.4"].allSatisfy({ name in
            guard let handle = dlopen(name, RTLD_LAZY) else { return true }
            dlclose(handle)
            return false
        }) {
            findings.append(
                Finding(grade: .problem, subject: "libcurl", message: "not found: apt-get install libcurl3-gnutls"))
        }
        return findings
    }

    private func database(_ workspace: Workspace) async -> [Finding] {
        do {
            let problems = try await workspace.store.checkIntegrity()
            if problems.isEmpty {
                return [Finding(grade: .ok, subject: "database", message: "integrity and counters are clean")]
            }
            return problems.map { Finding(grade: .problem, subject: "database", message: $0) }
        } catch {
            return [
                Finding(grade: .problem, subject: "database", message: Complaint(error, home: home.path).description)
            ]
        }
    }

    private func room() -> [Finding] {
        let room = DiskRoom(path: home.path)
        if let complaint = room.complaint {
            return [Finding(grade: .problem, subject: "disk", message: complaint.description)]
        }
        return room.free.map {
            [Finding(grade: .ok, subject: "disk", message: "\(max($0 >> 20, 1)) MB are free")]
        } ?? []
    }

    /// Asked after the key was read: until then nothing is locked.
    private func memory() -> [Finding] {
        if SecretBytes.isMemoryLocked { return [] }
        let message = "secrets may be swapped to disk: raise the limit of locked memory (ulimit -l), or encrypt swap"
        return [Finding(grade: .warning, subject: "memory", message: message)]
    }

    private func providers(_ workspace: Workspace) -> [Finding] {
        let catalog = workspace.providers()
        var findings = catalog.broken.map { Finding(grade: .problem, subject: "provider", message: $0.description) }
        for portal in Portal.allCases {
            if let file = catalog.provider(for: portal, chosen: nil, settings: workspace.settings) {
                let note = file.isSimulated ? " (simulated)" : ""
                findings.append(Finding(grade: .ok, subject: portal.rawValue, message: "served by \(file.name)\(note)"))
            } else {
                findings.append(
                    Finding(
                        grade: .warning, subject: portal.rawValue,
                        message:
                            "no provider serves the \(portal.title): add a file to \(home.providers), or choose one under [portals]."
                    ))
            }
        }
        for file in catalog.files {
            findings += file.warnings.map { Finding(grade: .warning, subject: "provider", message: $0) }
            let kept = (try? workspace.store.readNow { Set(try $0.secretOwners(.provider)) }) ?? []
            for field in file.profile.secretNames.sorted() where !kept.contains("\(file.name)/\(field)") {
                let message =
                    "\(file.name) lacks its secret \(field): `portaldesk provider secret \(file.name) \(field)`"
                findings.append(Finding(grade: .warning, subject: "provider", message: message))
            }
        }
        return findings
    }

    /// What stands in files and settings; whether a server answers is what `mail test` is for.
    private func mail(_ workspace: Workspace) -> Finding {
        guard let complaint = workspace.mail.readiness() else {
            let way = workspace.mail.way
            return Finding(
                grade: .ok, subject: "mail", message: "\(way); `portaldesk mail test --to ADDRESS` sends a message")
        }
        let isChosen = workspace.settings.mail.transport != nil
        return Finding(grade: isChosen ? .problem : .warning, subject: "mail", message: complaint.description)
    }

    private func worker(_ workspace: Workspace) async -> Finding {
        guard !FileLock.isHeld(home.workerLock) else {
            return Finding(grade: .ok, subject: "worker", message: "runs now")
        }
        let now = workspace.now
        let due = try? await workspace.read { (try $0.dueJobs(at: now), try $0.dueOperations(at: now)) }
        guard let (jobs, operations) = due, jobs + operations > 0 else {
            return Finding(grade: .ok, subject: "worker", message: "not running; it starts when there is work")
        }
        let waiting = [
            jobs > 0 ? Counted.text(jobs, "job") : "", operations > 0 ? Counted.text(operations, "action") : "",
        ]
        let message =
            "not running, and nobody does what is due (\(waiting.filter { !$0.isEmpty }.joined(separator: ", "))): "
            + "log in at the desk as somebody who holds a key, or run `portaldesk worker`; why the last one ended "
            + "stands in \(home.workerLog) and \(home.workerOutput)"
        return Finding(grade: .warning, subject: "worker", message: message)
    }
}
