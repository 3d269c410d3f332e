import Foundation
import Sandbox
import Testing

/// Clients in another language, written from the published facts and the profile folder alone.
@Suite(.timeLimit(.minutes(5))) struct IndependentClientTests {
    @Test func aClientThatSharesNoCodeWithUsGetsFromTokenToDocument() async throws {
        try await SandboxHouse.with { house in
            let (status, text) = try await Self.run("bridge_client.py", house.ready.line)
            #expect(status == 0, "\(text)")
            let seen = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [String: Int]])
            #expect(Set(seen.keys) == ["gst", "income_tax", "traces"])
            #expect(seen.values.allSatisfy { $0["notices", default: 0] > 0 && $0["documents", default: 0] > 0 })
        }
    }

    /// OTP login, refresh, encrypted reads, logout; and at the e-filing portal login, lists, documents. The clients
    /// print a line for each rule that they check.
    @Test(arguments: ["gstn_client.py", "efiling_client.py"])
    func theWiresOfThePortalsAreThoseOfTheFacts(client: String) async throws {
        try await SandboxHouse.with { house in
            let (status, text) = try await Self.run(client, house.server.configuration.stateFolder + "/profiles")
            #expect(status == 0, "\(text)")
            #expect(text.split(separator: "\n").count { $0.hasPrefix("ok ") } >= 25)
            #expect(text.contains(" 0 failed"))
        }
    }

    private static func run(_ script: String, _ argument: String) async throws -> (status: Int32, text: String) {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(script).path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-B", path, argument]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return (status, String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
    }
}
