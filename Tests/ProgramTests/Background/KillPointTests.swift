import Foundation
import Testing

extension Whole {
    /// A slice of `benchmarks --only killpoints`, so that the proof itself stays whole: a command, a worker and the wire,
    /// each killed once. The whole of it stands in docs/testing.md.
    @Suite("Killed at a named point")
    struct KillPointTests {
        @Test("Command, worker and wire killed exactly there leave one IRN and one bill, and the desk knows both")
        func slice() async throws {
            let folder = URL(fileURLWithPath: try BuiltProgram.required()).deletingLastPathComponent()
            let program = folder.appendingPathComponent("benchmarks").path
            try #require(FileManager.default.isExecutableFile(atPath: program), "benchmarks was not built")
            try await Workplace.with { place in
                let points = ["K1", "K8", "K14"]
                let child = try Child.start(
                    [
                        program, "--only", "killpoints", "--seeds", "1", "--points", points.joined(separator: ","),
                        "--lanes", "6", "--home", "\(place.folder)/kills",
                    ], environment: place.environment, folder: place.folder)
                let run = try await place.finish(child, limit: 240)
                #expect(run.status == 0, "\(run.errors)")
                for point in points {
                    #expect(
                        run.lines.contains { $0.hasPrefix("\(point) |") && $0.hasSuffix("| 1/1 | 1/1") },
                        "\(run.output)\(run.errors)")
                }
                #expect(run.output.contains("6 of 6 runs") && run.output.contains("6 kills struck"), "\(run.output)")
            }
        }
    }
}
