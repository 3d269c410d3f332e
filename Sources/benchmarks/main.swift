import Foundation

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
    Report.note(Options.usage)
    exit(64)
}
if options.paintsConstants { ConstantDesk.run() }
do {
    try await Benchmarks.run(options)
} catch {
    Report.note("benchmarks: \(error)")
    exit(1)
}
