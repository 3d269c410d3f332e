import Domain

/// What a command's exit status says (sysexits, as the CLI contract lists them).
public enum ExitStatus: Int32, Sendable {
    case done = 0
    /// It was carried out and the portal or the job said no.
    case refused = 1
    case usage = 64
    case badData = 65
    case unavailable = 69
    case inputOutput = 74
    /// Outcome unknown, try later, locked, a worker runs already, needs input.
    case tryLater = 75
    case notPermitted = 77
    case badConfiguration = 78
}

/// An error as people read it: what happened, why, what to do. Never a secret, never a stack trace.
public struct Complaint: Error, Sendable, Hashable, CustomStringConvertible {
    public var what: String
    public var why: String
    public var remedy: String
    public var status: ExitStatus
    /// The action that stands in the way, where the same one does.
    public var standing: OperationId?

    public init(_ what: String, why: String = "", remedy: String = "", status: ExitStatus) {
        self.what = what
        self.why = why
        self.remedy = remedy
        self.status = status
    }

    /// One line: `what: why. Remedy.`
    public var description: String {
        var line = what
        if !why.isEmpty { line += ": " + why }
        if !line.hasSuffix(".") { line += "." }
        if !remedy.isEmpty { line += " " + remedy + (remedy.hasSuffix(".") ? "" : ".") }
        return line
    }
}
