import Foundation
import Services
import Testing

extension Place {
    /// Changes the database as somebody would who has the file in hand: without the program, past its triggers.
    func tamper(_ statements: String...) throws { try tamper(statements) }

    func tamper(_ statements: [String]) throws {
        let triggers = ["record_stays", "record_remains", "checkpoint_stays", "checkpoint_remains"]
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments =
            [
                "-c",
                "import sqlite3,sys\ndb=sqlite3.connect(sys.argv[1])\nfor s in sys.argv[2:]: db.execute(s)\ndb.commit()",
                home.database,
            ] + triggers.map { "DROP TRIGGER IF EXISTS audit_\($0)" } + statements
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
