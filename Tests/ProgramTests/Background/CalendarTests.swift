import Foundation
import Glibc
import Testing

extension Whole {
    @Suite("The calendar")
    struct CalendarTests {
        @Test("A desk that opens starts the worker that its schedules need, and lists them")
        func started() async throws {
            try await Workplace.withDemo { place in
                let commits = try Commits(place.home)
                let added = try await place.run(
                    "schedule", "add", "dawn", "--cron", "30 7 * * mon-sat", "--portal", "gst")
                #expect(added.status == 0, "\(added.errors)")
                try await commits.wait(for: "the worker that adding a schedule starts") { place.worker != nil }
                let first = try #require(place.worker)
                kill(first, SIGKILL)
                await offPool { Workplace.awaitEnd(of: first) }
                try await Tmux.with(place, columns: 120, rows: 40, "exec \(place.program) --home \(place.home)") {
                    desk in
                    try await desk.wait("Total 4,884 items")
                    try await desk.press("M-t")
                    let screen = try await desk.wait("07:30, Monday to Saturday", "A worker runs")
                    #expect(screen.contains("Fetch GST"))
                    #expect(try #require(place.worker) != first)
                }
            }
        }
    }
}
