import Foundation

let bench = try StoreBench(jobs: CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000)
try pageBenchmark(bench)
try await queueBenchmark(bench)
bench.remove()
