import Desk
import Domain
import Foundation
import TerminalKit

/// The baseline of the start: the main screen with everything on it, painted from constants without a workspace.
@MainActor
enum ConstantDesk {
    static func run() -> Never {
        var model = DeskModel(
            size: Size(columns: 120, rows: 40), settings: DeskSettings(), keys: KeyMap(custom: [:]), isSandbox: true,
            now: moment, utcOffset: 19_800,
            user: Person(name: "bench", email: "bench@portaldesk.example", role: .admin))
        guard let terminal = try? Terminal.open(TerminalOptions(environment: ProcessInfo.processInfo.environment))
        else { exit(69) }
        _ = model.start(summary: summary, page: page)
        let frame = model.frame()
        terminal.draw(frame.canvas, cursor: frame.cursor)
        // Until the measuring process has seen enough.
        while true { pause() }
    }

    private static let moment = Instant(seconds: 1_795_000_000)

    private static var summary: DeskSummary {
        let portals = Portal.allCases.map { portal in
            var summary = PortalSummary(portal: portal)
            (summary.accounts, summary.verified, summary.configured) = (5_000, 5_000, 5_000)
            (summary.lastFetchAt, summary.isProviderOk) = (moment, true)
            return summary
        }
        return DeskSummary(portals: portals, jobs: [.done: 900_000, .failed: 100_000])
    }

    private static var page: ActivityPage {
        let rows = (0..<20).map { number in
            let identity = PortalIdentity(stored: Portal.allCases[number % 3], "27AABPZ\(1_000 + number)K1ZX")
            let start = moment - .seconds(Int64(number) * 95)
            return Job(
                id: JobId(Int64(number)), accountId: AccountId(Int64(number)), identity: identity,
                business: "Lotus Traders \(number * 37)", kind: .fetch, status: number % 10 == 3 ? .failed : .done,
                trigger: .schedule, attempt: 1, createdAt: start, startedAt: start, completedAt: start + .seconds(9))
        }
        return ActivityPage(rows: rows, page: 1, pageCount: 50_000, total: 1_000_000, firstSerial: 1)
    }
}
