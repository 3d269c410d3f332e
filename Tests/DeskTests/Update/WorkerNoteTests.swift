import Domain
import Services
import TerminalKit
import Testing

@testable import Desk

@Suite("What the top line says of the worker") struct WorkerNoteTests {
    @Test(arguments: [Sample.wide, Size(columns: 80, rows: 24)])
    func `without a worker nothing is said to run`(size: Size) {
        var bench = Bench(size: size)
        #expect(bench.shows("● 2 running"))
        bench.input(.workerMissing(true))
        #expect(bench.shows("! no worker · 16 wait") && !bench.shows("2 running"))
        bench.input(.workerMissing(false))
        #expect(bench.shows("● 2 running"))
    }

    @Test func `what came while the desk was locked counts afterwards`() {
        var bench = Bench()
        bench.press(.function(12))
        bench.input(.workerMissing(true))
        bench.input(.loggedIn(LoggedIn(person: Sample.asha, summary: Sample.summary, recoveryCode: nil)))
        #expect(bench.shows("! no worker · 16 wait"))
    }

    @Test func `actions that wait miss it as jobs do`() {
        let actions = OperationStanding(queued: 40, inDoubt: 1, attention: 3)
        var bench = Bench(summary: DeskSummary(portals: Sample.summary.portals, actions: actions))
        #expect(bench.shows("● 41 actions") && !bench.shows("○ idle"))
        bench.input(.workerMissing(true))
        #expect(bench.shows("! no worker · 41 wait"))
    }

    @Test func `an action that waits for the end of an outage is no idleness`() {
        var summary = DeskSummary(portals: Sample.summary.portals)
        summary.actions = OperationStanding(inDoubt: 1, retrying: 4)
        #expect(Bench(summary: summary).shows("○ 5 actions wait"))
        summary.actions = OperationStanding(attention: 1)
        #expect(Bench(summary: summary).shows("○ idle"), "a person is waited for, and the strip says it")
    }

    @Test func `where nothing waits no worker is missed`() {
        var bench = Bench(summary: DeskSummary(portals: Sample.summary.portals))
        bench.input(.workerMissing(true))
        #expect(bench.shows("○ idle") && !bench.shows("no worker"))
    }
}
