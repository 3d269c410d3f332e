public import Domain
internal import Foundation
internal import GRDB

extension StoreWriter {
    /// Notes that a file is wanted. The same file wanted again before the portal was asked is the same request, with what
    /// was told last.
    ///
    /// - Returns: its number.
    public func wantFile(_ account: AccountId, _ wish: TdsWish, by person: String, now: Instant) throws -> Int64 {
        let kyc = String(decoding: try JSONEncoder().encode(wish.kyc), as: UTF8.self)
        try db.run(
            """
            INSERT INTO tds_request (account_id, kind, year, quarter, form, kyc, state, person, created_at)
            VALUES (?, ?, ?, ?, ?, ?, 'wanted', ?, ?)
            ON CONFLICT (account_id, kind, year, quarter, form) WHERE state = 'wanted'
            DO UPDATE SET kyc = excluded.kyc, person = excluded.person, created_at = excluded.created_at
            """,
            [
                account.rawValue, wish.kind.rawValue, wish.year, wish.quarter, wish.form, kyc, person, now.milliseconds,
            ])
        let sql = """
            SELECT id FROM tds_request WHERE account_id = ? AND kind = ? AND year = ? AND quarter = ? AND form = ?
            AND state = 'wanted'
            """
        return try db.number(sql, [account.rawValue, wish.kind.rawValue, wish.year, wish.quarter, wish.form]) ?? 0
    }

    /// Notes where a request stands that the portal has not settled. What it told of a challan is not needed afterwards.
    ///
    /// - Returns: false of what is about to leave, when it is not wanted any more, or with something else told of the
    ///   statement; nothing is noted then, and nothing may leave.
    @discardableResult
    public func noteRequest(_ id: Int64, _ step: TdsRequestStep, now: Instant) throws -> Bool {
        switch step {
        case .asking(let kyc):
            let wanted = "SELECT kyc FROM tds_request WHERE id = ? AND state = 'wanted'"
            guard let stored = try db.firstRow(wanted, [id], { $0[0] as String }), TdsKyc(stored: stored) == kyc else {
                return false
            }
            try db.run("UPDATE tds_request SET state = 'asking', said = '' WHERE id = ?", [id])
        case .waits(let why):
            // Somebody may have wanted the same anew meanwhile: that one is asked for then.
            try db.run(
                "UPDATE OR IGNORE tds_request SET state = 'wanted', said = ? WHERE id = ? AND state IN ('wanted', 'asking')",
                [HarmlessText.line(why, limit: 300), id])
            try settle(id, .refused, said: "asked for anew: \(why)", from: "('asking')", now: now)
        case .asked(let number): try settle(id, .asked, number: number, now: now)
        case .refused(let why): try settle(id, .refused, said: why, now: now)
        }
        return true
    }

    private func settle(
        _ id: Int64, _ state: TdsRequest.State, number: String = "", said: String = "",
        from states: String = "('wanted', 'asking')", now: Instant
    ) throws {
        try db.run(
            """
            UPDATE tds_request SET state = ?, number = ?, said = ?, kyc = '', settled_at = ?
            WHERE id = ? AND state IN \(states)
            """,
            [
                state.rawValue, HarmlessText.line(number, limit: 40), HarmlessText.line(said, limit: 300),
                now.milliseconds, id,
            ])
    }
}

extension StoreReader {
    /// The latest first.
    ///
    /// - Parameters:
    ///   - account: nil reads those of all.
    ///   - unsettledOnly: those that the portal has not settled.
    public func tdsRequests(_ account: AccountId? = nil, unsettledOnly: Bool = false) throws -> [TdsRequest] {
        let sql = """
            SELECT r.id, a.identity, r.kind, r.year, r.quarter, r.form, r.kyc, r.state, r.number, r.said, r.person,
            r.created_at, r.settled_at FROM tds_request r JOIN account a ON a.id = r.account_id
            WHERE (?1 IS NULL OR r.account_id = ?1) AND (?2 = 0 OR r.state IN ('wanted', 'asking')) ORDER BY r.id DESC
            """
        return try database().mapRows(sql, [account?.rawValue, unsettledOnly ? 1 : 0]) { row in
            TdsRequest(
                id: row[0], identity: PortalIdentity(stored: .traces, row[1]),
                wish: TdsWish(
                    kind: TdsRequest.Kind(rawValue: row[2]) ?? .justificationReport, year: row[3], quarter: row[4],
                    form: row[5], kyc: TdsKyc(stored: row[6]) ?? TdsKyc(token: "")),
                state: TdsRequest.State(rawValue: row[7]) ?? .refused, number: row[8], said: row[9], person: row[10],
                createdAt: Instant(milliseconds: row[11]),
                settledAt: (row[12] as Int64?).map(Instant.init(milliseconds:)))
        }
    }
}

extension TdsKyc {
    fileprivate init?(stored text: String) {
        guard let kyc = try? JSONDecoder().decode(TdsKyc.self, from: Data(text.utf8)) else { return nil }
        self = kyc
    }
}
