import Domain
import Foundation
import GRDB
import Testing
import Trail

@testable import Store

/// Whatever is changed in the records of a trail is found and named by its record.
@Suite("Changed audit trails")
struct TamperTests {
    private static let count: Int64 = 500

    /// A trail of records of every shape, of which one is a call with everything that a call has.
    private static func house(_ count: Int64 = count) throws -> Workspace {
        let workspace = try Workspace()
        try workspace.store.writeNow { writer in
            for number in 0..<count { try writer.recordEvent(event(number)) }
        }
        return workspace
    }

    private static func event(_ number: Int64) -> AuditEvent {
        var event = AuditEvent(
            at: Workspace.morning + .milliseconds(number * 37), actor: number % 3 == 0 ? "asha" : "worker",
            action: number % 5 == 0 ? "account.set" : "call.reading", subject: "gst/27AAAPZ1000A1Z5",
            outcome: number % 7 == 0 ? "lost" : "done", detail: number % 4 == 0 ? "{\"note\":\"₹ \\\"x\\\"\\n\"}" : "",
            session: number % 3 == 0 ? "s\(number)" : "", correlation: number % 2 == 0 ? "job/\(number)" : "")
        guard number % 5 != 0 else { return event }
        event.call = AuditCall(
            method: "GET", host: "portal.example", route: "/v1/notices?page=\(number)", requestLength: 0,
            requestHeaders: ["accept": "application/json", "authorization": "redacted"],
            answer: .init(status: 200, hash: String(repeating: "ab", count: 32), length: Int(number)))
        event.microseconds = number * 11
        return event
    }

    /// What a verification says of a trail that was changed by these statements; nothing of the change stays.
    private static func verdict(
        _ workspace: Workspace, sizes: Set<Int64> = [], after statements: [String],
        arguments: [StatementArguments] = []
    ) throws -> (damage: TrailDamage?, roots: [Int64: TrailHash]) {
        try workspace.store.withWriter { writer in
            try writer.withoutTransaction { db in
                try db.beginTransaction()
                defer { try? db.rollback() }
                try db.execute(sql: "DROP TRIGGER audit_record_stays; DROP TRIGGER audit_record_remains")
                for (index, sql) in statements.enumerated() {
                    try db.execute(sql: sql, arguments: index < arguments.count ? arguments[index] : [])
                }
                let reader = StoreReader(db)
                guard let head = try reader.auditHead() else { return (TrailDamage(.head, 0), [:]) }
                let run = TrailRun(extent: TrailExtent(head: head), start: nil, sizes: sizes, progress: { _ in })
                while try run.readBlock(db) {}
                let findings = run.conclude(stray: try reader.strayRecord())
                return (findings.damage, findings.roots)
            }
        }
    }

    @Test("a trail that nobody touched holds, and its roots are those of its tree")
    func sound() async throws {
        let house = try Self.house()
        let found = try await house.store.verifyTrail(sizes: [1, 255, 256, 500])
        #expect(found.damage == nil)
        #expect(found.size == Self.count)
        let tree = MerkleTree(leaves: try await house.store.leaves(0..<Self.count))
        #expect(found.roots.count == 4)
        for (size, root) in found.roots { #expect(tree.root(size: Int(size)) == root) }
        #expect(found.root == tree.root(size: 500))
    }

    @Test("every byte of every field of 500 records, changed, is found at its record")
    func bytes() throws {
        let house = try Self.house()
        var changed = 0
        try house.store.withWriter { writer in
            try writer.withoutTransaction { db in
                try db.beginTransaction()
                defer { try? db.rollback() }
                try db.execute(sql: "DROP TRIGGER audit_record_stays; DROP TRIGGER audit_record_remains")
                let head = try #require(try StoreReader(db).auditHead())
                for seq in 0..<Self.count { changed += try Self.changeAll(of: seq, db, head) }
            }
        }
        // Some 700 bytes of each record, all but its number.
        #expect(changed > 150_000, "\(changed)")
    }

    private static let fields = ["actor", "action", "subject", "outcome", "correlation", "leaf", "chain", "bytes"]

    /// Changes each byte of each field of a record in turn and puts it back.
    private static func changeAll(of seq: Int64, _ db: Database, _ head: TrailHead) throws -> Int {
        let row = try #require(try Row.fetchOne(db, sql: "SELECT * FROM audit_record WHERE seq = ?", arguments: [seq]))
        let before = try seq == 0 ? head.firstLink : #require(try StoreReader(db).auditChain(seq - 1))
        var changed = 0
        func check(_ field: String) throws {
            changed += 1
            var scan = TrailScan(from: seq, chain: before, tenant: head.tenant)
            do {
                try scan.read(db, to: seq + 1)
                Issue.record("a change of \(field) of record \(seq) was not found")
            } catch let damage as TrailDamage {
                if damage.seq != seq { Issue.record("\(field) of record \(seq) was named \(damage)") }
            }
        }
        for field in fields {
            let isText = !["leaf", "chain", "bytes"].contains(field)
            let data: Data = row[field] ?? Data()
            let sql = "UPDATE audit_record SET \(field) = \(isText ? "CAST(? AS TEXT)" : "?") WHERE seq = ?"
            for index in data.indices {
                var other = data
                // A byte that no UTF-8 has would be refused by SQLite's text functions, not by us.
                other[index] ^= 1
                try db.cachedStatement(sql: sql).execute(arguments: [other, seq])
                try check(field)
            }
            if data.isEmpty {
                try db.cachedStatement(sql: sql).execute(arguments: [Data("x".utf8), seq])
                try check(field)
            }
            try db.cachedStatement(sql: sql).execute(arguments: [data, seq])
        }
        let at: Int64 = row["at"]
        for bit in 0..<48 {
            try db.cachedStatement(sql: "UPDATE audit_record SET at = ? WHERE seq = ?")
                .execute(arguments: [at ^ 1 << bit, seq])
            try check("at")
        }
        try db.cachedStatement(sql: "UPDATE audit_record SET at = ? WHERE seq = ?").execute(arguments: [at, seq])
        return changed
    }

    @Test("a record with another number is missed at its own", arguments: [0, 1, 255, 256, 499] as [Int64])
    func numbers(seq: Int64) throws {
        let house = try Self.house()
        for bit in 0..<40 {
            let other = seq ^ 1 << bit
            let (damage, _) = try Self.verdict(
                house,
                after: [
                    "DELETE FROM audit_record WHERE seq = \(other)",
                    "UPDATE audit_record SET seq = \(other) WHERE seq = \(seq)",
                ])
            // Whichever of the two comes first does not hold any more.
            let found = try #require(damage)
            #expect(found.seq == min(seq, other), "bit \(bit): \(found)")
        }
    }

    @Test("a record that is gone is named", arguments: [0, 1, 17, 255, 256, 498, 499] as [Int64])
    func deleted(seq: Int64) throws {
        let (damage, _) = try Self.verdict(
            try Self.house(), after: ["DELETE FROM audit_record WHERE seq = \(seq)"])
        #expect(damage == TrailDamage(.missing, seq))
    }

    @Test("a record that is put in between is named", arguments: [1, 256, 499] as [Int64])
    func inserted(seq: Int64) throws {
        let (damage, _) = try Self.verdict(
            try Self.house(),
            after: [
                "UPDATE audit_record SET seq = -seq WHERE seq >= \(seq)",
                "UPDATE audit_record SET seq = -seq + 1 WHERE seq < 0",
                "INSERT INTO audit_record SELECT \(seq), at, actor, action, subject, outcome, correlation, leaf, chain,"
                    + " bytes FROM audit_record WHERE seq = \(seq - 1)",
            ])
        #expect(damage?.seq == seq)
    }

    @Test("one that is put behind the last, or before the first, is surplus")
    func outside() throws {
        let house = try Self.house()
        for (place, named) in [(500, 500), (-1, -1)] as [(Int64, Int64)] {
            let (damage, _) = try Self.verdict(
                house,
                after: [
                    "INSERT INTO audit_record SELECT \(place), at, actor, action, subject, outcome, correlation, leaf,"
                        + " chain, bytes FROM audit_record WHERE seq = 10"
                ])
            #expect(damage == TrailDamage(.surplus, named))
        }
    }

    @Test(
        "two records that changed places are named at the first",
        arguments: [(3, 4), (100, 400), (0, 499)] as [(Int64, Int64)])
    func reordered(first: Int64, second: Int64) throws {
        let (damage, _) = try Self.verdict(
            try Self.house(),
            after: [
                "UPDATE audit_record SET seq = -1 WHERE seq = \(first)",
                "UPDATE audit_record SET seq = \(first) WHERE seq = \(second)",
                "UPDATE audit_record SET seq = \(second) WHERE seq = -1",
            ])
        #expect(damage?.seq == first)
    }

    @Test("a trail that is cut and whose head is set back holds in itself, and lacks what was signed")
    func truncated() throws {
        let house = try Self.house()
        let shorter = try Self.house(400)
        let head = try #require(try shorter.store.readNow { try $0.auditHead() })
        let (damage, roots) = try Self.verdict(
            house, sizes: [300, 450],
            after: [
                "DELETE FROM audit_record WHERE seq >= 400",
                "UPDATE audit_head SET size = 400, chain = ?, frontier = ?",
            ], arguments: [[], [Data(head.chain.bytes), Data(head.frontier.bytes)]])
        #expect(damage == nil)
        #expect(roots[300] != nil)
        #expect(roots[450] == nil)
    }

    @Test("a head that does not fit its records is named", arguments: ["size = 499", "chain = zeroblob(32)"])
    func head(change: String) throws {
        let house = try Self.house()
        let statement = "UPDATE audit_head SET \(change)"
        if change.hasPrefix("size") {
            // Its frontier has another length then, and nothing more is done with it.
            #expect(throws: StoreProblem.self) { try Self.verdict(house, after: [statement]) }
        } else {
            #expect(try Self.verdict(house, after: [statement]).damage == TrailDamage(.head, Self.count))
        }
    }

    @Test("nothing is signed that is shorter than what was signed, or another trail of that length")
    func signing() throws {
        let house = try Self.house(10)
        let signer = try #require(NoteSigner.make(name: "portaldesk/workspace")).signer
        func sign() throws -> KeptCheckpoint? {
            try house.store.writeNow { writer in
                try writer.signCheckpoint(key: signer.key.line, at: Workspace.morning) { try signer.sign($0) }
            }
        }
        let kept = try #require(try sign())
        #expect(kept.size == 10)
        #expect(try sign() == nil)
        let shorter = try Self.house(9)
        let head = try #require(try shorter.store.readNow { try $0.auditHead() })
        try house.store.withWriter { writer in
            try writer.withoutTransaction { db in
                try db.execute(
                    sql: "UPDATE audit_head SET size = 9, chain = ?, frontier = ?",
                    arguments: [Data(head.chain.bytes), Data(head.frontier.bytes)])
            }
        }
        #expect(throws: StoreProblem.self) { try sign() }
    }
}

extension TrailHead {
    fileprivate var firstLink: TrailHash { .genesis(origin: origin) }
}
