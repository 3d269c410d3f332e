import Foundation
import Glibc
import Store

/// The folder of one workspace and the places in it. Nothing is read from the environment here: the root passes it in.
public struct Home: Sendable, Hashable {
    public let path: String

    public init(path: String) {
        let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        self.path = Self.plain(absolute)
    }

    /// Without empty parts, `.` and `..`. What stands above a folder that is a symbolic link, the system knows.
    private static func plain(_ path: String) -> String {
        let parts = path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
        if parts.contains(where: { $0 == ".." }), let found = realpath(path, nil) {
            defer { free(found) }
            return String(cString: found)
        }
        var kept: [Substring] = []
        for part in parts where part != "." {
            if part == ".." { _ = kept.popLast() } else { kept.append(part) }
        }
        return "/" + kept.joined(separator: "/")
    }

    /// `--home`, else `$PORTALDESK_HOME`, else the XDG data folder.
    public static func resolve(
        option: String?, environment: [String: String], name: String = "portaldesk"
    ) -> Home {
        if let option { return Home(path: option) }
        if let path = environment["PORTALDESK_HOME"], !path.isEmpty { return Home(path: path) }
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return Home(path: "\(data)/\(name)") }
        return Home(path: "\(environment["HOME"] ?? NSHomeDirectory())/.local/share/\(name)")
    }

    public var database: String { path + "/desk.sqlite" }
    public var configuration: String { path + "/config.toml" }
    public var providers: String { path + "/providers" }
    public var documents: String { path + "/documents" }
    public var logs: String { path + "/log" }
    public var workerLog: String { logs + "/worker.log" }
    /// What a worker says on its standard output and error: nothing, unless it dies.
    public var workerOutput: String { logs + "/worker.out" }
    /// What the masks of support bundles stand for; made with the first bundle.
    public var support: String { path + "/support" }
    public var run: String { path + "/run" }
    public var sandbox: String { path + "/sandbox" }
    public var mail: String { path + "/mail" }
    /// The one key of a workspace made before there were vaults.
    public var vaultKey: String { path + "/vault.key" }
    /// The unattended worker's key.
    public var workerKey: String { path + "/worker.key" }
    public var storeLock: String { run + "/store.lock" }
    public var workerLock: String { run + "/worker.lock" }
    public var sandboxLock: String { sandbox + "/lock" }
    public var sandboxAddress: String { sandbox + "/ready.json" }
    public var wake: String { run + "/wake" }
    /// Marks a workspace made by `demo`.
    public var demoMark: String { path + "/demo.json" }

    public var exists: Bool { access(database, F_OK) == 0 }
    public var isDemo: Bool { access(demoMark, F_OK) == 0 }
    public var folders: [String] { [path, providers, documents, logs, run] }

    /// - Throws: a `Complaint` when the folder is missing, unreadable or open to others, or holds no workspace.
    public func check() throws(Complaint) {
        guard try checkFolder(), exists else { throw missing() }
    }

    /// - Returns: whether the folder stands.
    private func checkFolder() throws(Complaint) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return false }
            throw unreadable(errno)
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw Complaint(
                "\(path) is no folder", remedy: "Name the workspace's folder with --home", status: .badConfiguration)
        }
        guard status.st_mode & 0o077 == 0 else {
            throw Complaint(
                "the workspace \(path) is open to others",
                why: "its mode is \(String(status.st_mode & 0o777, radix: 8))",
                remedy: "Close it with: chmod 700 \(path)", status: .badConfiguration
            )
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            if errno == EROFS { throw Complaint(StoreProblem.readOnly, home: path) }
            throw unreadable(errno)
        }
        return true
    }

    /// Makes a place for a new workspace, mode 0700. A folder that stands must be closed to others before anything is
    /// put into it: the vault's key comes first.
    public func prepare() throws(Complaint) {
        _ = try checkFolder()
        try create()
    }

    /// Makes the folders that are missing, mode 0700.
    public func create() throws(Complaint) {
        for folder in folders where mkdir(folder, 0o700) != 0 {
            var code = errno
            if code == ENOENT { code = makeWithParents(folder) }
            if code == EEXIST { code = Self.isFolder(folder) ? 0 : ENOTDIR }
            guard code == 0 else {
                throw Complaint(
                    "cannot make \(folder)", why: String(cString: strerror(code)),
                    remedy: "Choose another place with --home",
                    status: .inputOutput
                )
            }
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private func makeWithParents(_ folder: String) -> Int32 {
        let parent = Folder.of(folder)
        // Why it failed is told by the second try.
        try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        return mkdir(folder, 0o700) == 0 ? 0 : errno
    }

    private func missing() -> Complaint {
        Complaint(
            "there is no workspace at \(path)", remedy: "Make one with `portaldesk init`, or try `portaldesk demo`.",
            status: .badConfiguration
        )
    }

    private func unreadable(_ code: Int32) -> Complaint {
        Complaint(
            "the workspace \(path) cannot be read", why: String(cString: strerror(code)),
            remedy: "Use the account that owns it, or another workspace with --home.", status: .notPermitted
        )
    }
}
