import Domain
import Foundation
import Store

/// Collects what goes into a bundle, as it is.
struct SupportSources: Sendable {
    let workspace: Workspace
    let request: SupportRequest
    let checkSettings: @Sendable (Settings) -> [Doctor.SettingRemark]

    /// Failed jobs whose logs are packed where none is named.
    private static let failedJobs = 20
    /// Steps of one job; the newest ones say what became of it.
    private static let mostSteps = 2_000
    private static let mostRead = 10_000
    /// Bytes of all texts before they are masked: what helps is at the end of logs, and a bundle goes by mail.
    private static let mostBytes = 16 << 20

    func collect() async throws(Complaint) -> (files: [SupportSource], leftOut: [String]) {
        // The doctor asks for the locale, of which the next one tells.
        let doctor = await doctor()
        var files = [about(), doctor] + settings()
        files += try await jobs()
        files.append(try await store())
        if let screen = screen() { files.append(screen) }
        files += SupportLogs(
            folder: workspace.home.logs, since: workspace.now - .seconds(86_400 * request.days), voice: ofOthers
        )
        .sources()
        var (kept, leftOut, bytes) = ([SupportSource](), [String](), 0)
        for file in files {
            let size = file.text.utf8.count
            if bytes + size > Self.mostBytes {
                leftOut.append(
                    "\(file.path) (\(SupportBundle.size(size))): the bundle would be larger than \(Self.mostBytes >> 20) MB"
                )
            } else {
                bytes += size
                kept.append(file)
            }
        }
        return (kept, leftOut)
    }

    private func about() -> SupportSource {
        let facts = SystemFacts(workspace: workspace, terminal: request.terminal)
        return SupportSource(part: .about, path: "about.txt", text: Self.text(facts.lines))
    }

    private func doctor() async -> SupportSource {
        let doctor = Doctor(home: workspace.home, surroundings: workspace.surroundings, checkSettings: checkSettings)
        let lines = await doctor.examine(workspace).map { "\($0.grade.rawValue)  \($0.subject): \($0.message)" }
        return SupportSource(part: .doctor, path: "doctor.txt", text: Self.text(lines))
    }

    private func settings() -> [SupportSource] {
        let home = workspace.home
        var paths = [("settings/config.toml", home.configuration)]
        paths += ProviderCatalog.names(in: home.providers).map {
            ("settings/providers/\($0)", "\(home.providers)/\($0)")
        }
        return paths.map { name, path in
            let text: String
            do throws(SmallTextFile.Refusal) {
                text = try SmallTextFile.read(path)
            } catch {
                text = "# This file \(error.reason)\n"
            }
            return SupportSource(
                part: .settings, path: name, text: text, voice: request.isVerbatim ? .program : .settings)
        }
    }

    private func jobs() async throws(Complaint) -> [SupportSource] {
        var ids = request.jobs
        if ids.isEmpty {
            var query = ActivityQuery(perPage: Self.failedJobs)
            query.filter.statuses = [.failed]
            query.sort = ActivitySort(field: .completedTime)
            let asked = query
            ids = try await workspace.read { try $0.activityPage(asked) }.rows.map(\.id)
        }
        let offset = workspace.utcOffset(at: workspace.now)
        var files = [try await failures()]
        for id in ids {
            let found = try await workspace.read { reader -> (Job, [JobLogEntry])? in
                guard let job = try reader.job(id) else { return nil }
                return (job, try reader.jobLog(id, limit: Self.mostRead))
            }
            guard let (job, all) = found else { throw Complaint.unknownJob(id) }
            let entries = all.suffix(Self.mostSteps)
            let text = Self.text(Self.lines(job, Array(entries), offset))
            let isCut = entries.count < all.count
            files.append(
                SupportSource(
                    part: .jobs, path: "jobs/job-\(id.rawValue).log", text: text, isCut: isCut, voice: ofOthers))
        }
        return files
    }

    /// As a job's log is saved; what was said stands on a line of its own, for behind `wrong password:` it would be masked.
    private static func lines(_ job: Job, _ entries: [JobLogEntry], _ offset: Int) -> [String] {
        var job = job
        let said = job.message
        job.message = ""
        var lines = LogText.lines(job, entries, utcOffset: offset)
        if !said.isEmpty { lines.insert("Said: \(said)", at: min(2, lines.count)) }
        return lines
    }

    private func failures() async throws(Complaint) -> SupportSource {
        let groups = try await workspace.read { try $0.failures() }
        let lines = groups.map { group in
            let portals = group.portals.sorted { $0.key.position < $1.key.position }
                .map { "\($0.key.shortName) \($0.value)" }.joined(separator: ", ")
            return
                "\(Counted.text(group.count, "login"))  \(group.key.cause.rawValue)\(group.key.isWaiting ? ", waiting" : "")"
                + "  \(portals)  newest job \(group.latest)"
        }
        return SupportSource(
            part: .jobs, path: "jobs/failures.txt",
            text: Self.text(lines.isEmpty ? ["Nothing has failed that stands."] : lines))
    }

    private func store() async throws(Complaint) -> SupportSource {
        let facts = try await workspace.read { try $0.facts() }
        var lines = [
            "schema \(facts.version) of \(facts.knownVersion)", "SQLite \(facts.library), journal \(facts.journal)",
            "\(facts.pageCount) pages of \(facts.pageSize) bytes, \(facts.freePages) free", "",
        ]
        lines += facts.tables.map { "\($0.name)  \($0.rows)" }
        return SupportSource(part: .store, path: "store.txt", text: Self.text(lines))
    }

    private func screen() -> SupportSource? {
        guard let screen = request.screen else { return nil }
        let head = "\(screen.title), \(screen.columns) columns"
        let body = screen.rows.isEmpty ? ["Left out: this screen is where secrets are shown or typed."] : screen.rows
        return SupportSource(part: .screen, path: "screen.txt", text: Self.text([head, ""] + body), voice: ofOthers)
    }

    /// Of texts in which portals and other people speak.
    private var ofOthers: Masker.Voice { request.isVerbatim ? .program : .others }

    static func text(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
}

/// The files of `log/`, as far back as is wanted.
struct SupportLogs {
    let folder: String
    let since: Instant
    var voice = Masker.Voice.program

    /// Of each file; its end is taken.
    static let mostBytes = 2 << 20

    func sources() -> [SupportSource] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted().compactMap(source)
    }

    private func source(_ name: String) -> SupportSource? {
        let descriptor = open("\(folder)/\(name)", O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
            Int64(facts.st_mtim.tv_sec) * 1_000 >= since.milliseconds
        else { return nil }
        let size = Int(facts.st_size)
        let start = max(0, size - Self.mostBytes)
        lseek(descriptor, off_t(start), SEEK_SET)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        guard let data = try? handle.read(upToCount: Self.mostBytes) else {
            return SupportSource(part: .logs, path: "log/\(name)", text: "")
        }
        var lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        // It begins in the middle of a line.
        if start > 0, lines.count > 1 { lines.removeFirst() }
        let kept = lines.drop { line in
            TimeText.instant(rfc3339: line.prefix { $0 != " " }).map { $0 < since } ?? false
        }
        let lead = start > 0 ? "… \(start) bytes before this are left out\n" : ""
        return SupportSource(
            part: .logs, path: "log/\(name)", text: lead + kept.joined(separator: "\n"), isCut: start > 0, voice: voice)
    }
}
