import ArgumentParser
import Domain
import Services

struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "What the worker does by the calendar: fetches, and a digest by mail.",
        subcommands: [List.self, Add.self, Enable.self, Disable.self, Remove.self])

    struct List: Performable {
        static let configuration = CommandConfiguration(abstract: "The schedules of this workspace.")
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let overview = try await workspace.schedules.overview()
            try ScheduleRow.print(overview.schedules, workspace, output)
            if let hours = overview.quietHours {
                Messages.line(
                    "Quiet hours \(hours.text): what falls due in them waits for their end; scheduled fetches in the queue do too."
                )
            }
            return .done
        }
    }

    struct Add: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Add a schedule.",
            discussion: """
                The rule has the five fields of cron in the desk's time zone: minute, hour, day, month, weekday; such as
                "30 7 * * mon-sat". A fetch reads every configured login, or those of --portal, of --group, or both. With
                --digest-to a mail goes out instead, with new notices and failures since the last one.
                """)
        @Argument(help: "Its name.") var name: String
        @Option(name: .long, help: "When: five fields, or @hourly, @daily, @weekly, @monthly.") var cron: String
        @Option(name: .long, help: "gst, income_tax or traces.") var portal: Portal?
        @Option(name: .long, help: "A group of businesses.") var group: String?
        @Option(name: .long, help: "A user to whom a digest goes; may be given several times.") var digestTo: [String] =
            []
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func validate() throws {
            do throws(CronRule.Problem) { _ = try CronRule(cron) } catch { throw ValidationError(error.message) }
            if !digestTo.isEmpty, portal != nil || group != nil {
                throw ValidationError("A digest tells of everything: leave out --portal and --group.")
            }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let rule: CronRule
            do throws(CronRule.Problem) {
                rule = try CronRule(cron)
            } catch {
                throw Complaint("the rule is not understood", why: error.message, status: .usage)
            }
            let workspace = try await place.enter(surroundings, opensVault: true)
            let (schedule, isServed) = try await workspace.schedules.add(
                Schedule(
                    name: name, kind: digestTo.isEmpty ? .fetch : .digest, portal: portal, group: group, rule: rule,
                    recipients: digestTo))
            try ScheduleRow.print([schedule], workspace, output)
            if !isServed { Messages.line(ScheduleRow.unserved) }
            return .done
        }
    }

    struct Enable: Performable {
        static let configuration = CommandConfiguration(abstract: "Let a schedule run again.")
        @Argument(help: "Its name.") var name: String
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings, opensVault: true)
            if !(try await workspace.schedules.enable(name, true)) { Messages.line(ScheduleRow.unserved) }
            return .done
        }
    }

    struct Disable: Performable {
        static let configuration = CommandConfiguration(abstract: "Let a schedule rest.")
        @Argument(help: "Its name.") var name: String
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            try await (try await place.enter(surroundings)).schedules.enable(name, false)
            return .done
        }
    }

    struct Remove: Performable {
        static let configuration = CommandConfiguration(abstract: "Forget a schedule.")
        @Argument(help: "Its name.") var name: String
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            try await (try await place.enter(surroundings)).schedules.remove(name)
            return .done
        }
    }
}

/// A schedule as commands print it.
struct ScheduleRow: Encodable {
    let id: Int64
    let name, kind, cron: String
    @OrNull var portal: String?
    @OrNull var group: String?
    let recipients: [String]
    let enabled: Bool
    @OrNull var next_at: String?
    @OrNull var last_at: String?
    let last_message: String

    init(_ schedule: Schedule) {
        id = schedule.id
        name = schedule.name
        kind = schedule.kind.rawValue
        cron = schedule.rule.text
        recipients = schedule.recipients
        enabled = schedule.isEnabled
        last_message = schedule.lastMessage
        portal = schedule.portal?.rawValue
        group = schedule.group
        next_at = schedule.nextAt.map(TimeText.rfc3339)
        last_at = schedule.lastAt.map(TimeText.rfc3339)
    }

    /// Where a fetch goes, for people.
    var place: String { portal.flatMap(Portal.init(rawValue:))?.shortName ?? "all portals" }

    static let unserved = "It is done while a worker runs; none can be started by you. See `portaldesk worker`."

    static func print(_ schedules: [Schedule], _ workspace: Workspace, _ output: JsonFlag) throws(Complaint) {
        func time(_ instant: Instant?) -> String {
            instant.map { TimeText.full($0, offset: workspace.utcOffset(at: $0)) } ?? "-"
        }
        let cells = Dictionary(
            schedules.map { ($0.name, (time($0.isEnabled ? $0.nextAt : nil), time($0.lastAt))) },
            uniquingKeysWith: { first, _ in first })
        try Rows(json: output.json).print(
            schedules.map(ScheduleRow.init),
            header: ["NAME", "KIND", "CRON", "WHAT", "ENABLED", "NEXT", "LAST", "MESSAGE"]
        ) { row in
            let what = row.kind == "digest" ? row.recipients.joined(separator: ", ") : row.place
            return [
                row.name, row.kind, row.cron, what + (row.group.map { ", group \($0)" } ?? ""),
                row.enabled ? "yes" : "no", cells[row.name]?.0 ?? "-", cells[row.name]?.1 ?? "-", row.last_message,
            ]
        }
    }
}
