import Foundation
import Sandbox
import Testing

@Suite struct ManualTests {
    private func manual() throws -> String {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return try String(contentsOf: folder.appendingPathComponent("docs/sandbox.md"), encoding: .utf8)
    }

    @Test(arguments: MagicOutcome.allCases)
    func theManualTellsWhatEachOutcomeDoes(outcome: MagicOutcome) throws {
        #expect(try manual().contains("| `\(outcome.rawValue)` | \(outcome.meaning) |"))
    }

    @Test(arguments: MagicOutcome.allCases)
    func theManualTellsWhatEachOutcomeDoesAtTheEFilingPortal(outcome: MagicOutcome) throws {
        #expect(try manual().contains("| `\(outcome.rawValue)` | \(EFilingPlay.meaning(outcome)) |"))
    }

    @Test(arguments: SandboxFault.Kind.allCases)
    func theManualNamesEachFault(kind: SandboxFault.Kind) throws {
        #expect(try manual().contains("| `\(kind.rawValue):"))
    }
}
