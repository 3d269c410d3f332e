import Foundation
import Testing
import Trail

/// Proofs made here are checked by the auditor's program, which was written from the standards alone.
@Suite("Proofs of the audit trail")
struct ProofTests {
    private static let script = """
        import base64, importlib.util, sys
        spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
        verify = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(verify)
        for line in open(sys.argv[2]):
            kind, *numbers = line.split()
            hashes = [bytes.fromhex(part) for part in numbers[2:]]
            a, b = int(numbers[0]), int(numbers[1])
            if kind == "i":
                print(int(verify.inclusion(hashes[0], a, b, hashes[2:], hashes[1])))
            else:
                print(int(verify.consistency(a, hashes[0], b, hashes[1], hashes[2:])))
        """

    @Test("10,000 random proofs agree with the Python verifier, altered ones too")
    func agree() throws {
        let leaves = (0..<1_300).map { TrailHash.leaf(Array("record \($0)".utf8)) }
        let tree = MerkleTree(leaves: leaves)
        var random = Numbers(state: 20_261_123)
        var lines: [String] = []
        var verdicts: [Bool] = []
        for turn in 0..<10_000 {
            let size = Int.random(in: 1...leaves.count, using: &random)
            let root = try #require(tree.root(size: size))
            if turn.isMultiple(of: 2) {
                let index = Int.random(in: 0..<size, using: &random)
                var proof = try #require(tree.inclusion(of: index, size: size))
                if turn.isMultiple(of: 10) { Self.alter(&proof, &random) }
                lines.append(Self.line("i", index, size, [leaves[index], root] + proof))
                verdicts.append(
                    MerkleProof.verifyInclusion(
                        leaf: leaves[index], index: Int64(index), size: Int64(size), proof: proof, root: root))
            } else {
                let old = Int.random(in: 1...size, using: &random)
                let oldRoot = try #require(tree.root(size: old))
                var proof = try #require(tree.consistency(from: old, to: size))
                if turn.isMultiple(of: 5) { Self.alter(&proof, &random) }
                lines.append(Self.line("c", old, size, [oldRoot, root] + proof))
                verdicts.append(
                    MerkleProof.verifyConsistency(
                        from: Int64(old), oldRoot: oldRoot, to: Int64(size), newRoot: root, proof: proof))
            }
            // Every fifth and tenth is altered; all others hold.
            let isAltered = turn.isMultiple(of: 10) || turn.isMultiple(of: 5)
            #expect(verdicts[turn] != isAltered, "turn \(turn)")
        }
        #expect(try Self.python(lines) == verdicts)
    }

    /// One bit of it, or one hash more where there is none.
    private static func alter(_ proof: inout [TrailHash], _ random: inout Numbers) {
        guard let place = proof.indices.randomElement(using: &random) else { return proof.append(.emptyTree) }
        var bytes = proof[place].bytes
        bytes[Int.random(in: 0..<32, using: &random)] ^= 1
        if let other = TrailHash(bytes) { proof[place] = other }
    }

    private static func line(_ kind: String, _ first: Int, _ second: Int, _ hashes: [TrailHash]) -> String {
        "\(kind) \(first) \(second) " + hashes.map(\.hex).joined(separator: " ")
    }

    private static func python(_ lines: [String]) throws -> [Bool] {
        let file = NSTemporaryDirectory() + "proofs-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try (lines.joined(separator: "\n") + "\n").write(toFile: file, atomically: true, encoding: .utf8)
        let package = #filePath.components(separatedBy: "/Tests/")[0]
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-B", "-c", script, package + "/docs/audit/verify.py", file]
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map { $0 == "1" }
    }

    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }
}
