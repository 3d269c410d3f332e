internal import Domain
internal import GRDB

/// Finds the stored notice that a delivered one is.
///
/// Keys are a provider's own: another provider gives the same notice another key, and may give its key to another
/// notice. So the key decides only for the provider that delivered it; for all else it is the reference, in the account.
struct NoticeMatching {
    let account: AccountId
    /// Who delivers; nil where that is not known.
    let provider: String?
    /// The keys of everything that is delivered together: a notice that has one of them is not another's.
    let keys: Set<String>
    /// How often each reference is delivered together in its place, in capitals: a demand and its set-off share one.
    let references: [Place: [String: Int]]

    init(_ account: AccountId, _ notices: [NoticeFacts], by provider: String?) {
        self.account = account
        self.provider = provider
        keys = Set(notices.map(\.externalKey))
        references = notices.reduce(into: [:]) {
            $0[$1.place, default: [:]][$1.reference.uppercased(), default: 0] += 1
        }
    }

    /// nil for one that nobody has delivered or entered before.
    func known(_ facts: NoticeFacts, _ db: Database) throws -> Notice? {
        let byKey = try db.firstRow(
            "\(NoticeRow.select) WHERE n.account_id = ? AND n.external_key = ?",
            [account.rawValue, facts.externalKey], NoticeRow.notice)
        if let byKey, isOwn(byKey) || Self.isSame(byKey.facts.reference, facts.reference) { return byKey }
        if let byKey { try free(byKey, db) }
        return try byReference(facts, db)
    }

    private func isOwn(_ notice: Notice) -> Bool {
        provider == nil || notice.provider == nil || notice.provider == provider
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        left.isEmpty || right.isEmpty || left.uppercased() == right.uppercased()
    }

    /// Takes its key away from another provider's notice, which is found by its reference from now on.
    private func free(_ notice: Notice, _ db: Database) throws {
        try db.run(
            "UPDATE notice SET external_key = ? || external_key WHERE id = ?",
            ["was:\(notice.id.rawValue):", notice.id.rawValue])
    }

    /// An entry by hand, or what another provider delivered.
    private func byReference(_ facts: NoticeFacts, _ db: Database) throws -> Notice? {
        guard !facts.reference.isEmpty else { return nil }
        let all = try db.mapRows(
            "\(NoticeRow.select) WHERE n.account_id = ? AND upper(n.reference) = upper(?) ORDER BY n.id",
            [account.rawValue, facts.reference], NoticeRow.notice)
        if let entry = all.first(where: \.isManual) { return entry }
        guard provider != nil else { return nil }
        let near = all.filter { $0.facts.place == facts.place }
        // A demand and the set-off against it share a reference and are two things.
        let mayMove = near.isEmpty && !Self.isMoney(facts.place)
        let pool = mayMove ? all.filter { !Self.isMoney($0.facts.place) } : near
        let others = pool.filter { $0.provider != provider && !keys.contains($0.facts.externalKey) }
        let alike = others.filter { $0.facts.issuedOn == facts.issuedOn }
        // Where nobody noted who delivered it, it may well have been this provider, and be another paper.
        let isClear = pool.count == 1 && references[facts.place]?[facts.reference.uppercased()] == 1
        if isClear, others.first?.provider != nil { return others.first }
        // Papers of one case may share its number; without a clear answer none of them is taken for another.
        if alike.count < 2 { return alike.first }
        let same = alike.filter { $0.facts.section == facts.section }
        return same.count == 1 ? same.first : nil
    }

    private static func isMoney(_ place: Place) -> Bool { [.demand, .setOff245, .outstandingDemand].contains(place) }
}
