import Secrets
import Testing
import Trail

/// Published and computed known answers: whoever writes another verifier gets the same (facts: reliability 16; RFC 8785).
@Suite("Known answers of the audit trail")
struct VectorTests {
    static let origin = "example.test/audit/t1"

    static func record(_ index: Int) throws -> [UInt8] {
        try CanonicalJson.bytes(
            .object([
                "v": .integer(1), "seq": .integer(Int64(index)), "ts": .text("2026-01-02T03:04:05.00000\(index)Z"),
                "tenant": .text("t1"), "actor": .text("worker:boot-1"), "action": .text("provider.call"),
                "corr": .text("attempt-\(index)"), "outcome": .text("accepted"),
            ]))
    }

    static func leaves() throws -> [TrailHash] { try (0..<8).map { TrailHash.leaf(try record($0)) } }

    @Test("a record has the bytes, the leaf and the links of the chain that are known")
    func chain() throws {
        let text = String(decoding: try Self.record(0), as: UTF8.self)
        #expect(
            text
                == #"{"action":"provider.call","actor":"worker:boot-1","corr":"attempt-0","outcome":"accepted","seq":0,"#
                + #""tenant":"t1","ts":"2026-01-02T03:04:05.000000Z","v":1}"#)
        let leaves = try Self.leaves()
        #expect(leaves[0].hex == "d85159c88c536dcdcff8ceeb4a334ef68fbc10c5b4724bf3785cbbfd41784154")
        var chain = TrailHash.genesis(origin: Self.origin)
        #expect(chain.hex == "448673bfc81eed6d69256b847b9ca533b47ca6b3fcbc2ab0f5e374fbe0e89884")
        chain = chain.chained(leaves[0])
        #expect(chain.hex == "ad745e0440c7a1cfe6fa73dc7d6a42dca413d61757b9e29a3148139f47c9b381")
        for leaf in leaves.dropFirst() { chain = chain.chained(leaf) }
        #expect(chain.hex == "f28ae71ebd1712f8c24de5fa537016e945dfe3f9cad611f3b4f991294bf4d98b")
    }

    @Test(
        "the tree has the known roots, whole and from its frontier",
        arguments: [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (2, "9e5be86993975a95f4491d5d266f1e1ae2b25311bc0ef45eb9bea16943aae278"),
            (3, "635673d0f2fe633e2e87434ca16aaff4b2c89334611f15bed0677e16773472ca"),
            (5, "defaf507b4963c960dc66344472c39859790ea02395de89d815a011e9e6f98cd"),
            (8, "7a8d453e9316069807547b082907b201161bf91babba2769ed6a1a2b34af2e12"),
        ])
    func roots(size: Int, root: String) throws {
        let leaves = try Self.leaves()
        #expect(MerkleTree(leaves: leaves).root(size: size)?.hex == root)
        var frontier = TreeFrontier()
        for leaf in leaves.prefix(size) { frontier.append(leaf) }
        #expect(frontier.root.hex == root)
        #expect(TreeFrontier(size: Int64(size), bytes: frontier.bytes) == frontier)
    }

    @Test("proofs of inclusion and consistency are the known ones")
    func proofs() throws {
        let tree = MerkleTree(leaves: try Self.leaves())
        #expect(
            tree.inclusion(of: 2, size: 5)?.map(\.hex) == [
                "159464448030eec5f29c22f28cc081f3d5a55f2873a64eef981a2cfab1c74966",
                "9e5be86993975a95f4491d5d266f1e1ae2b25311bc0ef45eb9bea16943aae278",
                "34bc109d0489b9ea1e23461b3fc69a03ae9e05d1118465de73705b41350bae65",
            ])
        #expect(
            tree.consistency(from: 3, to: 8)?.map(\.hex) == [
                "86887fe98aa4966a3f30dcde9ddec5e2768976b81b6ba6375d5f60358bf8261a",
                "159464448030eec5f29c22f28cc081f3d5a55f2873a64eef981a2cfab1c74966",
                "9e5be86993975a95f4491d5d266f1e1ae2b25311bc0ef45eb9bea16943aae278",
                "a06fb229899166a5a236043a7aeb02d9c610846bb2018a4ab08adf69270b13e9",
            ])
    }

    static let note = """
        example.test/audit/t1
        8
        eo1FPpMWBpgHVHsIKQeyARYb+Ruruidp7WoaKzSvLhI=

        \u{2014} example.test/audit/t1 sBh598ytvatUxsBtczConpEfDLk3J6t/3KwsGvseSipShJqYi7GhHqsmmXN5/k8MStjk4WJKnWAbLip8MVTm0vq+RQs=

        """

    @Test("the key of the known seed has the known name, and the known note is its own")
    func signing() throws {
        let seed = (0..<32).map { UInt8($0) }.withUnsafeBytes { SecretBytes(copying: $0) }
        let signer = try #require(NoteSigner(name: Self.origin, seed: seed))
        #expect(
            TrailHash(signer.key.publicKey)?.hex == "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8")
        #expect(signer.key.id == [0xB0, 0x18, 0x79, 0xF7])
        #expect(NoteKey(line: signer.key.line) == signer.key)
        let known = try #require(SignedCheckpoint(note: Self.note))
        #expect(known.checkpoint.size == 8)
        #expect(known.checkpoint.root == MerkleTree(leaves: try Self.leaves()).root(size: 8))
        #expect(known.isSigned(by: signer.key))
        // The library signs with fresh randomness, so only who may check is compared.
        let own = try #require(SignedCheckpoint(note: try signer.sign(known.checkpoint)))
        #expect(own.isSigned(by: signer.key))
        let others = try #require(NoteSigner.make(name: Self.origin))
        #expect(!known.isSigned(by: others.signer.key))
    }
}
