internal import Domain
internal import GRDB

/// The numbered, forward-only steps that make a workspace's tables.
enum Schema {
    /// "PDsk": tells our files from other SQLite files.
    static let applicationId: Int32 = 0x5044_736B

    static let migrations: [String] = [
        FirstSchema.tables + FirstSchema.jobs + FirstSchema.jobPageIndexes + FirstSchema.notices,
        VaultSchema.tables,
        PeopleSchema.tables,
        PortalsSchema.tables,
        ServiceSchema.tables,
        NoticesSchema.tables,
        CoverageSchema.tables,
        LoginSchema.tables,
        DigestSchema.tables,
        NoticeKeepingSchema.tables,
        CalendarSchema.tables,
        WholeReadingSchema.tables,
        OperationSchema.tables,
        SealedAnswerSchema.tables,
        RoutingSchema.tables,
        BillSchema.tables,
        SuspectSchema.tables,
        ConsolidatedSchema.tables + InvoiceReadingSchema.tables,
        StoppedSchema.tables,
        BillReadingSchema.tables,
        ParticularsSchema.tables,
        TurnSchema.tables,
        ExtensionSchema.tables,
        ParkedSchema.tables,
        TrailSchema.tables,
        NoticeJobSchema.tables,
    ]

    static var version: Int { migrations.count }

    enum Found: Equatable {
        case empty
        case ours(version: Int)
    }

    /// What stands in an opened file.
    /// - Throws: `.notAWorkspace` for another program's file, `.newerSchema` for a newer program's.
    static func found(_ db: Database) throws -> Found {
        let id = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        if id == 0, found == 0, try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0 { return .empty }
        guard id == applicationId else { throw StoreProblem.notAWorkspace }
        guard found <= version else { throw StoreProblem.newerSchema(found: found, known: version) }
        return .ours(version: found)
    }

    /// Carries out the steps that are missing, each in a transaction of its own.
    static func migrate(_ writer: WriterConnection, now: Instant) throws {
        let found: Found = try writer.withoutTransaction { db in try Schema.found(db) }
        let done = if case .ours(let version) = found { version } else { 0 }
        for (index, text) in migrations.enumerated() where index >= done {
            try writer.transaction { db in
                try db.execute(sql: text)
                if text == TrailSchema.tables { try TrailMigration.run(db, now: now) }
                try db.execute(
                    sql: "INSERT INTO schema_migration (version, checksum, applied_at) VALUES (?, ?, ?)",
                    arguments: [index + 1, ContentHash.of(text), now.milliseconds])
                try db.execute(sql: "PRAGMA application_id = \(applicationId)")
                try db.execute(sql: "PRAGMA user_version = \(index + 1)")
            }
        }
    }
}

/// FNV-1a over UTF-8, 64 bits: tells whether a text changed. No protection against intent.
enum ContentHash {
    static func of(_ text: String) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return Int64(bitPattern: hash)
    }
}
