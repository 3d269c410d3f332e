import Foundation
import Sandbox
import Testing

@Suite(.timeLimit(.minutes(5))) struct IndependentClientTests {
    @Test func aClientThatSharesNoCodeWithUsGetsFromTokenToDocument() async throws {
        try await SandboxHouse.with { house in
            let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
                "bridge_client.py")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
            process.arguments = ["-B", script.path, house.ready.line]
            let output = Pipe()
            process.standardOutput = output
            process.standardError = output
            let status = try await withCheckedThrowingContinuation {
                (continuation: CheckedContinuation<Int32, any Error>) in
                process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
                do { try process.run() } catch { continuation.resume(throwing: error) }
            }
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            #expect(status == 0, "\(text)")
            let seen = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [String: Int]])
            #expect(Set(seen.keys) == ["gst", "income_tax", "traces"])
            #expect(seen.values.allSatisfy { $0["notices", default: 0] > 0 && $0["documents", default: 0] > 0 })
        }
    }
}
