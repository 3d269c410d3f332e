/// Why the store could not do what was asked. Carries no SQL and no secret.
public enum StoreProblem: Error, Equatable, Sendable {
    /// Another process kept the workspace's write lock for more than five seconds.
    case locked
    /// The disk, or the quota, is full. Nothing of the change was kept.
    case full
    /// The file or its folder does not allow writing, or the store was opened for reading alone.
    case readOnly
    /// The disk failed; the text is the library's own, without paths.
    case io(String)
    /// The file is damaged.
    case corrupt(String)
    /// A newer program wrote this workspace.
    case newerSchema(found: Int, known: Int)
    /// The file exists, but PortalDesk did not make it.
    case notAWorkspace
    /// There is no such file.
    case missing
    /// A query ran past its deadline and was stopped; it may be asked again with more time.
    case slow
    /// A rule of the trade forbids it; the text is for people.
    case refused(String)
    /// Nothing can be put on record, or nothing may be called: what is wrong with the audit trail, for people.
    case trail(String)
    /// A uniqueness or consistency rule of the schema was broken: a fault of the program.
    case conflict(String)
    /// The store was closed before.
    case closed
    /// Writes are held to be durable only at synchronous level 2; another level was found.
    case notDurable(level: Int)

    /// One line for people.
    public var message: String {
        switch self {
        case .locked: "another PortalDesk process is writing to this workspace and did not finish in time"
        case .full: "the disk is full; nothing of the change was kept"
        case .readOnly: "the workspace cannot be written"
        case .io(let text): "the disk reported a fault (\(text))"
        case .corrupt(let text): "the workspace database is damaged (\(text))"
        case .newerSchema(let found, let known):
            "the workspace was written by a newer program (schema \(found), this one knows \(known))"
        case .notAWorkspace: "the file is not a PortalDesk workspace"
        case .missing: "there is no workspace here"
        case .slow: "the question took too long and was stopped"
        case .refused(let text), .trail(let text): text
        case .conflict(let text): "a rule of the database was broken (\(text))"
        case .closed: "the workspace was closed"
        case .notDurable(let level): "the database would not write durably (synchronous is \(level), not 2)"
        }
    }
}
