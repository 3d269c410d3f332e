import Foundation

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
    Report.note(Options.usage)
    exit(64)
}
// Checkpoints of workspaces that are measured do not belong among those of the person who measures.
let state = FileManager.default.temporaryDirectory.appendingPathComponent("portaldesk-state-\(getpid())").path
setenv("XDG_STATE_HOME", state, 1)
defer { try? FileManager.default.removeItem(atPath: state) }
if options.paintsConstants { ConstantDesk.run() }
do {
    try await Benchmarks.run(options)
} catch {
    Report.note("benchmarks: \(error)")
    exit(1)
}
