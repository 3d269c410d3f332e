import Domain

extension AuditWords {
    /// What a change of the key was, what an auditor needs, and what is to be kept.
    ///
    /// - Parameter keys: oldest first, with the new one.
    static func changed(_ keys: [TrailService.SigningKey]) -> [String] {
        guard let first = keys.first, let new = keys.last, keys.count > 1 else { return [] }
        let former = keys[keys.count - 2]
        return [
            "What happened",
            "The former key signed what there was, and vouches for the new one in record \(new.sequence).",
            "former  \(former.line)", "new     \(new.line)", "", "What an auditor needs",
            "Nothing, where they hold the first key: each vouches for the next, in the records and in every proof. To "
                + "whoever holds none yet give the first one, not the new one:",
            "first   \(first.line)", "", "What to keep",
            "The first line, and the checkpoints that were kept elsewhere: they stay good.",
            "A backup of the workspace from now on: the new key lies in its vault and nowhere else.",
        ]
    }

    /// The keys with what each is good for, for a screen.
    ///
    /// - Parameter day: a moment as the screen shows it.
    public static func keys(_ keys: [TrailService.SigningKey], _ day: (Instant) -> String) -> [String] {
        guard let first = keys.first, let last = keys.last else {
            return ["No key has signed yet: signing a checkpoint makes the first one."]
        }
        var lines: [String] = []
        for (index, key) in keys.enumerated() {
            var facts = key == first ? ["the first"] : []
            if key == last { facts.append("signs now") }
            facts.append("since \(day(key.since)), by \(key.by), record \(key.sequence)")
            lines += ["\(index + 1)  \(facts.joined(separator: "; "))", key.line, ""]
        }
        return lines + [
            "An auditor needs the first line, from you and not from an export: each key vouches for the next one.",
            "What is secret of them lies in the vault.",
        ]
    }
}
