internal import GRDB
internal import GRDBSQLite
internal import Glibc

extension StoreProblem {
    /// The typed problem behind an error of the database library; any other error passes as it is.
    static func mapped(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return of(error)
    }

    static func of(_ error: DatabaseError) -> StoreProblem {
        switch error.resultCode {
        case .SQLITE_FULL: .full
        case .SQLITE_BUSY, .SQLITE_LOCKED: .locked
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: .readOnly
        case .SQLITE_CORRUPT: .corrupt(name(error))
        case .SQLITE_NOTADB: .notAWorkspace
        case .SQLITE_INTERRUPT: .slow
        case .SQLITE_CONSTRAINT: .conflict(error.message ?? name(error))
        // Somebody took a table or a column away.
        case .SQLITE_ERROR where error.message?.hasPrefix("no such ") == true: .corrupt(name(error))
        case .SQLITE_CANTOPEN: .opening(errno == 0 ? EIO : errno)
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: .full
        default: .io(name(error))
        }
    }

    private static func name(_ error: DatabaseError) -> String {
        "\(error.message ?? String(cString: sqlite3_errstr(error.extendedResultCode.rawValue))), code "
            + "\(error.extendedResultCode.rawValue)"
    }
}
