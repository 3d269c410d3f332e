import Foundation
import Sandbox
import Testing
import Wire

/// Clients in another language, written from the published facts and the profile folder alone.
@Suite(.timeLimit(.minutes(20))) struct IndependentClientTests {
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

    /// Registration, signatures, reading back and cancelling at an invoice portal; bills under keys of their own at EWB.
    @Test func theWiresOfNicAreThoseOfTheFacts() async throws {
        try await SandboxHouse.with { house in
            let folder = house.server.configuration.stateFolder + "/profiles"
            let (status, text) = try await Self.run("nic_client.py", folder, "2026-11-20")
            #expect(status == 0, "\(text)")
            #expect(text.split(separator: "\n").count { $0.hasPrefix("ok ") } >= 25)
            #expect(text.contains(" 0 failed"))
        }
    }

    /// What another program signed is believed, and nothing of it can be changed.
    @Test func aSignatureThatWasMadeElsewhereIsVerified() async throws {
        let (status, text) = try await Self.run("nic_signer.py")
        try #require(status == 0, "\(text)")
        let made = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
        var keys = SignatureKeys()
        let kid = try #require(made["kid"])
        keys[kid] = try SignatureKeys.Key(RsaCertificate(pem: made["pem"] ?? ""), issuer: made["issuer"])
        let invoice = try SignedFacts(SignedDocument(verifying: made["invoice"] ?? "", keys: keys))
        #expect(invoice.irn == made["irn"] && invoice.total == Decimal(string: "118.5") && invoice.buyerGstin == "URP")
        let qr = try SignedDocument(verifying: made["qr"] ?? "", keys: keys)
        #expect(try SignedFacts(qr).irn == made["irn"])
        let bytes = Array((made["qr"] ?? "").utf8)
        for index in bytes.indices {
            // Others wait for the same two threads.
            await Task.yield()
            var changed = bytes
            changed[index] ^= 1 << UInt8(index % 7)
            #expect(throws: SignatureProblem.self) {
                try SignedDocument(verifying: String(decoding: changed, as: UTF8.self), keys: keys)
            }
        }
    }

    private static func run(_ script: String, _ arguments: String...) async throws -> (status: Int32, text: String) {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(script).path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-B", path] + arguments
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
