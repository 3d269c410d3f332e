import Domain
import Foundation
import Store
import Trail

extension TrailService {
    /// Verifies the trail: records, chain, tree, every checkpoint of its own, and those from outside. Damage is remembered,
    /// and nothing is called any more until an admin ends it; when a whole verification finds all well, that is taken away.
    ///
    /// Whoever can read the files may do so, logged in or not: a login is put on record, which a broken trail does not take.
    ///
    /// - Parameters:
    ///   - handed: a file of checkpoints that somebody kept elsewhere.
    ///   - isShort: only what was recorded since the newest checkpoint of this workspace.
    ///   - workers: connections that read at the same time.
    ///   - progress: records read so far and their count, from any thread.
    /// - Throws: a `Complaint` when it cannot be read; damage is in the report.
    public func verify(
        handed: String? = nil, isShort: Bool = false, workers: Int = 2,
        progress: @escaping @Sendable (Int64, Int64) -> Void = { _, _ in }
    ) async throws(Complaint) -> Report {
        let places = CheckpointPlaces(workspace: workspace)
        let (own, broken) = try await workspace.read { try $0.keptCheckpoints() }
        var memory = places.memory(own: own.map(\.size))
        let remembered = Set(memory.notes)
        if let handed {
            let found = try Self.notes(inFile: handed)
            try await requireOurs(found.notes, handed)
            memory.notes += found.notes
            memory.problems += found.problems
        }
        let sizes = Set(own.map(\.size) + memory.notes.map(\.checkpoint.size))
        var findings = try await findings(from: isShort ? own.last : nil, sizes, workers, progress)
        let taken = findings.calls?.taken
        // Only all records tell of all calls.
        if isShort { findings.calls = nil }
        var report = try await judged(findings, own, broken, memory, remembered)
        if let damage = report.found, let accepted = report.resumptions.last(where: { $0.accepts(damage) }) {
            // What an admin let it go on with stays said; what came since is looked for behind their word.
            report.accepted = accepted
            let state = try await workspace.read { try $0.recordsState(before: accepted.sequence) }
            if !accepted.state.isEmpty, state != accepted.state {
                report.accepted = nil
                note(TrailDamage(.altered, accepted.sequence), in: &report)
            } else if let start = own.first(where: { $0.size > accepted.sequence }) {
                findings = try await self.findings(from: start, sizes, workers, progress)
                var between = AuditQuery(after: accepted.sequence)
                between.before = start.size
                let asked = between
                findings.calls?.add(try await workspace.read { try $0.auditEvents(asked) })
                let newer = try await judged(findings, own, broken, memory, remembered)
                if newer.damage != nil {
                    report.accepted = nil
                    if let found = newer.found { note(found, in: &report) }
                }
            }
        }
        report.unchecked = [memory.failure].compactMap(\.self)
        report.remarks += try await clashes(places) + places.predecessorWords
        if let taken {
            report.bodiesTaken = taken.count
            report.remarks.append(AuditWords.taken(taken.count, first: taken.first))
        }
        let guards = try await workspace.read { try $0.missingTrailGuards() }
        if !guards.isEmpty { report.remarks.append(AuditWords.missing(guards: guards)) }
        await remember(&report, isWhole: !isShort)
        return report
    }

    private func note(_ damage: TrailDamage, in report: inout Report) {
        (report.damage, report.damagedAt, report.found) = (damage.words, damage.seq, damage)
    }

    /// A file of another trail, or one that anybody could have written, says nothing of this one.
    private func requireOurs(_ notes: [SignedCheckpoint], _ path: String) async throws(Complaint) {
        let (origin, changes) = try await workspace.read { (try $0.auditOrigin(), try $0.auditKeyChanges()) }
        let keys = TrailKeys(changes: changes)
        let name = HarmlessText.line(path, limit: 200)
        if let other = notes.first(where: { $0.checkpoint.origin != origin })?.checkpoint {
            throw Complaint(
                "\(name) holds checkpoints of another trail", why: "\(other.origin), and this one is \(origin)",
                remedy: "Give a file of this workspace", status: .badData)
        }
        guard let stray = notes.first(where: { !keys.isEmpty && !keys.signed($0) }) else { return }
        throw Complaint(
            "\(name) holds a checkpoint that no key of this trail signed",
            why:
                "that of \(Counted.text(Int(stray.checkpoint.size), "record")) was made by somebody else, or the keys are "
                + "other ones than when it was signed",
            remedy: "Compare `portaldesk audit keys` with the line that you were given",
            status: .badData)
    }

    private func findings(
        from start: KeptCheckpoint?, _ sizes: Set<Int64>, _ workers: Int,
        _ progress: @escaping @Sendable (Int64, Int64) -> Void
    ) async throws(Complaint) -> TrailFindings {
        do {
            let size = try await workspace.store.read { try $0.auditLength() }
            return try await workspace.store.verifyTrail(from: start, sizes: sizes, workers: workers) {
                progress($0, size)
            }
        } catch is CancellationError {
            throw Complaint("the verification was broken off", why: "nothing was found wrong so far", status: .tryLater)
        } catch {
            throw Complaint(error, home: workspace.home.path)
        }
    }

    /// What was found keeps the worker from calling, or no longer does.
    private func remember(_ report: inout Report, isWhole: Bool) async {
        let former = (try? workspace.trailFinding()) ?? nil
        if let damage = report.found, report.accepted == nil {
            if former?.seq != damage.seq || former?.kind != damage.kind.rawValue {
                await workspace.keep(TrailFinding(damage, words: damage.words, at: workspace.now))
            }
        } else if let former, isWhole, report.unchecked.isEmpty {
            await workspace.forgetTrailFinding()
            report.lifted = former.words
        }
    }

    /// What other copies of this workspace, in other folders, say of the same trail.
    private func clashes(_ places: CheckpointPlaces) async throws(Complaint) -> [String] {
        var lines: [String] = []
        for path in places.others {
            guard let newest = CheckpointPlaces.newest(at: path)?.checkpoint else { continue }
            let root = try await workspace.read { try? $0.auditRoot(at: newest.size) }
            if root == newest.root { continue }
            lines.append(
                "another copy of this workspace, in another folder, went on by itself and was signed up to "
                    + "\(Counted.text(Int(newest.size), "record")) (\(path))")
        }
        return lines
    }

    private func judged(
        _ findings: TrailFindings, _ own: [KeptCheckpoint], _ broken: [Int64], _ memory: CheckpointPlaces.Memory,
        _ remembered: Set<SignedCheckpoint>
    ) async throws(Complaint) -> Report {
        var report = Report(
            origin: findings.origin, first: findings.first, size: findings.size, root: findings.root.base64,
            checkpoints: own.count + broken.count, outside: memory.notes.count)
        report.remarks = memory.problems.map { "of the checkpoints outside, \($0)" }
        report.resumptions = try await resumptions()
        var first = findings.damage
        func note(_ damage: TrailDamage) {
            if first.map({ damage.seq < $0.seq }) ?? true { first = damage }
        }
        let keys: TrailKeys?
        do {
            let changes = try await workspace.store.read { try $0.auditKeyChanges() }
            keys = TrailKeys(changes: changes)
            if let damage = keys?.damage, damage.seq >= findings.first { note(damage) }
        } catch {
            // A record that cannot be read is named above.
            if first == nil { throw Complaint(error, home: workspace.home.path) }
            keys = nil
        }
        for size in broken where size >= findings.first { note(TrailDamage(.kept, size)) }
        if findings.damage == nil,
            let size = try await workspace.read({ try $0.unlinkedCheckpoint(from: findings.first) })
        {
            note(TrailDamage(.kept, size))
        }
        let limit = first?.kind == .truncated ? .max : first?.seq ?? .max
        // Every root is held against the tree. Of signatures the newest of each key proves all that lies before it; a
        // checkpoint that is kept twice is read and judged once.
        let twins = Dictionary(memory.notes.map { ($0.checkpoint.size, $0) }, uniquingKeysWith: { first, _ in first })
        var known: Set<Int64> = []
        var newest: [String: Int64] = [:]
        for kept in own { newest[kept.key] = kept.size }
        for kept in own where kept.size >= findings.first {
            let twin = twins[kept.size].flatMap { $0.note == kept.note ? $0 : nil }
            let signed = twin ?? SignedCheckpoint(note: kept.note)
            if twin != nil { known.insert(kept.size) }
            let wanted = newest[kept.key] == kept.size ? keys : nil
            if let damage = Self.damage(signed, kept.size, findings, wanted, limit, frontier: kept.frontier.root) {
                note(damage)
                break
            }
            if keys?.has(kept.key) == false {
                note(TrailDamage(.signature, kept.size))
                break
            }
        }
        let sizes = Set(own.map(\.size))
        let others = memory.notes.filter { signed in
            let size = signed.checkpoint.size
            return size >= findings.first && !(known.contains(size) && twins[size] == signed)
        }
        var edited: SignedCheckpoint?
        for signed in others.sorted(by: { $0.checkpoint.size < $1.checkpoint.size }) {
            if keys?.isForged(signed) == true {
                edited = edited ?? signed
                continue
            }
            let (size, origin) = (signed.checkpoint.size, signed.checkpoint.origin)
            let damage =
                origin == findings.origin
                ? Self.damage(signed, size, findings, keys, limit) : TrailDamage(.foreign, size, origin)
            if let damage {
                note(damage)
                break
            }
            if first == nil, !sizes.contains(size), remembered.contains(signed) {
                note(TrailDamage(.withdrawn, size))
                break
            }
        }
        if first == nil, let edited {
            let file = CheckpointPlaces(workspace: workspace).holder(of: edited)
            first = TrailDamage(.edited, edited.checkpoint.size, file)
        }
        if first == nil, let lost = findings.calls?.lost(after: report.resumptions.last?.calls ?? 0).first {
            first = TrailDamage(.uncalled, lost)
        }
        report.damage = first?.words
        report.damagedAt = first?.seq
        report.found = first
        return report
    }

    /// What is wrong with one checkpoint; nil when it holds, or lies behind what is damaged already.
    ///
    /// - Parameter frontier: the root of the tree that is kept with it.
    private static func damage(
        _ signed: SignedCheckpoint?, _ size: Int64, _ findings: TrailFindings, _ keys: TrailKeys?, _ limit: Int64,
        frontier: TrailHash? = nil
    ) -> TrailDamage? {
        guard let signed, signed.checkpoint.size == size else { return TrailDamage(.signature, size) }
        // Where the keys are gone with the records, nothing can be said of signatures.
        if let keys, !keys.isEmpty, !keys.signed(signed) { return TrailDamage(.signature, size) }
        guard signed.checkpoint.origin == findings.origin else { return TrailDamage(.checkpoint, size) }
        guard size <= findings.size else { return TrailDamage(.truncated, size) }
        if keys?.isEmpty == true { return TrailDamage(.signature, size) }
        // What was not read to its end has no root, and the damage in it is named already.
        if size > limit || findings.damage != nil && findings.roots[size] == nil { return nil }
        let root = size == 0 ? .emptyTree : size == findings.first ? signed.checkpoint.root : findings.roots[size]
        guard root == signed.checkpoint.root else { return TrailDamage(.checkpoint, size) }
        return frontier.map { $0 == root } ?? true ? nil : TrailDamage(.kept, size)
    }

    static func notes(inFile path: String) throws(Complaint) -> (notes: [SignedCheckpoint], problems: [String]) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Complaint(
                "\(HarmlessText.line(path, limit: 200)) cannot be read as text", remedy: "Check its name and mode",
                status: .badData)
        }
        // A mail or a page may surround the lines.
        let lines = text.replacing("\r\n", with: "\n")
        let found = NoteFile.notes(in: lines.hasSuffix("\n") ? lines : lines + "\n")
        guard !found.notes.isEmpty else {
            throw Complaint(
                "\(HarmlessText.line(path, limit: 200)) holds no checkpoint",
                why: found.problems.first ?? "it is empty", status: .badData)
        }
        return found
    }
}
