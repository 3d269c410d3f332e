import Domain
import Foundation

/// Program, machine and terminal, line by line. No name of a machine and no list of the environment: only what the desk
/// goes by.
struct SystemFacts {
    let workspace: Workspace
    let terminal: (columns: Int, rows: Int)?

    private static let variables = [
        "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "NO_COLOR",
        "XDG_SESSION_TYPE",
    ]

    var lines: [String] {
        program + [""] + machine + [""] + locale + [""]
            + [
                "workspace: \(workspace.home.isDemo ? "a demo" : workspace.isSimulated ? "with simulated providers" : "real providers")",
                "made at: \(TimeText.rfc3339(workspace.now)), \(workspace.utcOffset(at: workspace.now) / 60) minutes east of UTC on the desk",
            ]
    }

    private var program: [String] {
        #if DEBUG
            let build = "debug"
        #else
            let build = "release"
        #endif
        #if arch(x86_64)
            let processor = "x86_64"
        #elseif arch(arm64)
            let processor = "arm64"
        #else
            let processor = "another processor"
        #endif
        return ["portaldesk \(workspace.surroundings.version), \(build) build for \(processor)"]
    }

    private var machine: [String] {
        var name = utsname()
        uname(&name)
        func text(_ field: some Any) -> String {
            withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        let release = (try? SmallTextFile.read("/etc/os-release")) ?? ""
        let system = release.split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }
        let memory = UInt64(max(sysconf(Int32(_SC_PHYS_PAGES)), 0)) * UInt64(max(sysconf(Int32(_SC_PAGESIZE)), 0))
        let free =
            DiskRoom(path: workspace.home.path).free.map { "\($0 >> 20) MB free on the disk" } ?? "free disk not known"
        return [
            "kernel: \(text(name.sysname)) \(text(name.release)) \(text(name.machine))",
            "system: \(system.map { $0.dropFirst(12).filter { $0 != "\"" } } ?? "not known")",
            "\(sysconf(Int32(_SC_NPROCESSORS_ONLN))) processors, \(memory >> 20) MB of memory, \(free)",
        ]
    }

    private var locale: [String] {
        let environment = workspace.surroundings.environment
        let size = terminal.map { "\($0.columns) columns, \($0.rows) rows" } ?? "none"
        return ["terminal: \(size)", "codeset: \(String(cString: nl_langinfo(Int32(CODESET))))"]
            + Self.variables.compactMap { name in
                environment[name].map { "\(name)=\(HarmlessText.line($0, limit: 100))" }
            }
            + [
                "within tmux: \(environment["TMUX"] == nil ? "no" : "yes")",
                "over SSH: \(environment["SSH_TTY"] == nil ? "no" : "yes")",
            ]
    }
}
