import Domain
import Services
import TerminalKit

/// Every provider file of the workspace with all that is wrong with it, as `provider check` says it of one.
struct ProviderFilesScreen: TextScreen {
    var text = ScrolledText<[CheckedProviderFile]>()

    static var noun: String { "check" }
    var scope: CommandScope { .providerFiles }
    var trail: [String] { ["Files"] }

    func reading(_ ticket: Ticket) -> Effect? { .providers(.checkFiles, ticket) }

    static func content(of loaded: Loaded) -> [CheckedProviderFile]? {
        if case .providerFiles(let files) = loaded { files } else { nil }
    }

    func head(_ files: [CheckedProviderFile], _ context: ScreenContext) -> [Line] {
        let wrong = files.count { !$0.isReady }
        let all = Counted.text(files.count, "provider file")
        return [
            Line(all, .heading, .bold)
                + (wrong == 0
                    ? Line(" · ", .muted)
                        + Line(files.isEmpty ? "nobody reaches the portals" : "all can be used", .success)
                    : Line(" · ", .muted) + Line("\(wrong) not ready for use", .danger))
        ]
    }

    func lines(_ files: [CheckedProviderFile], _ context: ScreenContext) -> [Line] {
        files.flatMap { file -> [Line] in
            let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
            let mark =
                file.isReady ? Line("✓ ", .success) : Line("✗ ", .danger)
            let head = mark + Line(name, .text, .bold) + Line(file.name.map { " · \($0)" } ?? "", .muted)
            let found = file.findings.map { finding -> Line in
                let lead =
                    switch finding.grade {
                    case .warning: Line("    ! ", .warning)
                    case .unfilled: Line("    ○ ", .warning)
                    case .problem: Line("    ✗ ", .danger)
                    }
                return lead + Line(Self.words(finding, file.path))
            }
            return [head] + (found.isEmpty ? [Line("    nothing is wrong with it", .muted)] : found) + [.empty]
        }
    }

    /// The file's name stands above: what follows its path is told, the line in words.
    private static func words(_ finding: CheckedProviderFile.Finding, _ path: String) -> String {
        let message = HarmlessText.line(finding.message, limit: 2_000)
        guard let line = finding.line, message.hasPrefix("\(path):\(line): ") else {
            return message.hasPrefix("\(path): ") ? String(message.dropFirst(path.count + 2)) : message
        }
        return "line \(line): " + message.dropFirst("\(path):\(line): ".count)
    }
}
