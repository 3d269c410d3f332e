import Domain
import Store

/// What the worker does by the calendar: fetches and digests.
public struct ScheduleService: Sendable {
    let workspace: Workspace

    public func list() async throws(Complaint) -> [Schedule] {
        try await workspace.permit(.see)
        return try await workspace.read { try $0.schedules() }
    }

    /// What the calendar holds, and what stands around it.
    public struct Overview: Sendable, Hashable {
        public var schedules: [Schedule]
        /// When nothing is begun by the calendar.
        public var quietHours: QuietHours?
        /// Whether a worker runs that does what is due.
        public var isServed: Bool
        /// How digests leave: a word of `[mail] transport`; nil until an admin chooses, and then none leaves.
        public var mailTransport: String?

        public init(
            schedules: [Schedule], quietHours: QuietHours? = nil, isServed: Bool = true, mailTransport: String? = nil
        ) {
            self.schedules = schedules
            self.quietHours = quietHours
            self.isServed = isServed
            self.mailTransport = mailTransport
        }
    }

    public func overview() async throws(Complaint) -> Overview {
        Overview(
            schedules: try await list(), quietHours: workspace.settings.worker.quietHours,
            isServed: FileLock.isHeld(workspace.home.workerLock),
            mailTransport: workspace.settings.mail.transport?.rawValue)
    }

    /// Sees to it that a worker runs while the calendar holds anything for it.
    public func startWorker() async throws(Complaint) {
        let isWanted = try await workspace.read { try $0.schedules().contains { $0.isEnabled } }
        if isWanted { try workspace.sync.startWorker() }
    }

    /// Adds a schedule, due for the first time at the next minute that its rule names. One that was removed comes back
    /// with its last run, and resting if it rested.
    ///
    /// - Throws: a `Complaint`: 65 for a name that is taken, a rule that never comes, a recipient who is not known or
    ///   disabled, a group that no business is in; 77 not permitted.
    /// - Returns: the schedule, and whether a worker runs that will see to it.
    @discardableResult
    public func add(_ draft: Schedule) async throws(Complaint) -> (schedule: Schedule, isServed: Bool) {
        let doer = try await workspace.permit(.administer, on: draft.name)
        guard !draft.name.isEmpty, draft.name.utf8.count <= 60, HarmlessText.line(draft.name) == draft.name else {
            throw Complaint.noScheduleName()
        }
        var schedule = draft
        let now = workspace.now
        guard let next = workspace.next(of: schedule, after: now) else {
            throw Complaint.neverComes(draft.rule)
        }
        schedule.nextAt = schedule.isEnabled ? next : nil
        if schedule.kind == .digest { try await check(schedule.recipients) }
        if let group = schedule.group, try await !workspace.read({ try $0.hasBusinesses(ofGroup: group) }) {
            throw Complaint.noGroup(group)
        }
        let settled = schedule
        schedule.id = try await workspace.write { writer in
            let id = try writer.add(settled, by: doer.name, at: now)
            let detail = AuditDetail.text(["cron": settled.rule.text, "kind": settled.kind.rawValue])
            try writer.recordEvent(doer.event("schedule.add", settled.name, detail: detail, at: now))
            return id
        }
        return (schedule, schedule.isEnabled ? try workspace.sync.startWorker() : true)
    }

    private func check(_ recipients: [String]) async throws(Complaint) {
        guard !recipients.isEmpty else { throw Complaint.noReaders() }
        let people = try await workspace.read { try $0.people() }
        for name in recipients {
            guard let person = people.first(where: { $0.name == name }) else {
                throw Complaint.noReader(name, "there is no such user")
            }
            guard person.isEnabled else { throw Complaint.noReader(name, "the user is disabled") }
        }
    }

    public func remove(_ name: String) async throws(Complaint) {
        try await change(name, "schedule.remove") { writer, schedule in try writer.removeSchedule(schedule.id) }
    }

    /// Lets a schedule run, from its next time on, or rest.
    ///
    /// - Returns: whether a worker runs that will see to it.
    @discardableResult
    public func enable(_ name: String, _ isEnabled: Bool) async throws(Complaint) -> Bool {
        let workspace = workspace
        try await change(name, isEnabled ? "schedule.enable" : "schedule.disable") { writer, schedule in
            let next = isEnabled ? workspace.next(of: schedule, after: workspace.now) : nil
            try writer.enableSchedule(schedule.id, isEnabled, nextAt: next)
        }
        return isEnabled ? try workspace.sync.startWorker() : true
    }

    private func change(
        _ name: String, _ action: String, _ body: @escaping @Sendable (StoreWriter, Schedule) throws -> Void
    ) async throws(Complaint) {
        let doer = try await workspace.permit(.administer, on: name)
        let now = workspace.now
        try await workspace.write { writer in
            guard let schedule = try writer.reader.schedule(named: name) else { throw Complaint.noSchedule(name) }
            try body(writer, schedule)
            try writer.recordEvent(doer.event(action, name, at: now))
        }
    }
}

extension Workspace {
    public var schedules: ScheduleService { ScheduleService(workspace: self) }

    /// When the quiet hours end that hold the calendar back; nil outside them.
    func quietUntil(_ now: Instant) -> Instant? {
        settings.worker.quietHours?.end(at: now, offset: { self.utcOffset(at: $0) })
    }

    func next(of schedule: Schedule, after instant: Instant) -> Instant? {
        schedule.rule.next(after: instant) { self.utcOffset(at: $0) }
    }
}
