import ArgumentParser
import Domain
import Foundation
import Secrets
import Services
import Synchronization

extension HomeOption {
    func resolved(_ surroundings: Surroundings) -> Home {
        Home.resolve(option: home, environment: surroundings.environment)
    }

    func open(_ surroundings: Surroundings, access: Workspace.Access = .change) throws(Complaint) -> Workspace {
        let home = resolved(surroundings)
        try DemoMark.check(home)
        return try Workspace.open(home, surroundings, access: access)
    }

    /// The workspace with the session of this Unix user.
    ///
    /// - Parameter opensVault: for commands that store, verify or fetch: they open passwords or hand the key to a worker.
    /// - Throws: a `Complaint` (77) when nobody is logged in.
    func enter(_ surroundings: Surroundings, opensVault: Bool = false) async throws(Complaint) -> Workspace {
        let workspace = try open(surroundings)
        guard try await workspace.login.resume(opensVault: opensVault) != nil else { throw workspace.login.absence() }
        FullDiskNote.look(at: workspace)
        EnteredWorkspaces.add(workspace)
        return workspace
    }
}

/// The workspaces that this command entered, so that it leaves their audit trail signed when that is due.
enum EnteredWorkspaces {
    private static let all = Mutex<[Workspace]>([])

    static func add(_ workspace: Workspace) { all.withLock { $0.append(workspace) } }

    static func leave() async {
        for workspace in all.withLock({ $0 }) { await workspace.trail.signIfDue() }
    }
}

extension Workspace {
    func business(_ id: Int64) async throws(Complaint) -> Business {
        if let business = try await businesses.business(BusinessId(id)) { return business }
        throw Complaint.unknownBusiness(id)
    }
}

enum Identity {
    static func read<T>(_ name: String, _ text: String, _ make: (String) throws(IdentifierProblem) -> T)
        throws(Complaint) -> T
    {
        do {
            return try make(text)
        } catch {
            throw Complaint("\(name) \(HarmlessText.line(text, limit: 40)) \(error.message)", status: .badData)
        }
    }

    /// What the text alone names, or what it names at a portal.
    ///
    /// - Returns: nil for a TAN of no portal: it may have logins at two.
    static func named(_ text: String, at portal: Portal?) throws(Complaint) -> PortalIdentity? {
        if let portal { return try read(portal, text) }
        if (try? Tan(text)) != nil { return nil }
        if let known = (try? PortalIdentity(.gst, text)) ?? (try? PortalIdentity(.incomeTax, text)) { return known }
        throw Complaint(
            "\(HarmlessText.line(text, limit: 40)) is no GSTIN, no PAN and no TAN",
            remedy: "`portaldesk coverage` lists those that are known", status: .badData)
    }

    static func gstin(_ text: String) throws(Complaint) -> Gstin {
        try read("GSTIN", text) { text throws(IdentifierProblem) in try Gstin(text) }
    }

    static func read(_ portal: Portal, _ text: String) throws(Complaint) -> PortalIdentity {
        do {
            return try PortalIdentity(portal, text)
        } catch {
            throw Complaint(
                "\(portal.identityTitle) \(HarmlessText.line(text, limit: 40)) \(error.message)", status: .badData)
        }
    }
}

enum Paging {
    static func check(_ page: Int, _ perPage: Int?) throws(Complaint) {
        guard page >= 1 else { throw Complaint("--page must be 1 or more", status: .usage) }
        if let perPage, !(1...100_000).contains(perPage) {
            throw Complaint("--per-page must be from 1 to 100000", status: .usage)
        }
    }

    /// The rows of the page that was asked for: none past the end, so that a script which turns pages ends.
    static func rows<Row>(_ rows: [Row], asked: Int, given: Int, isJson: Bool) -> [Row] {
        guard asked > given else { return rows }
        if !isJson { Messages.line("There is no page \(asked); the last is \(given).") }
        return []
    }
}

/// `--page N --per-page K` of the lists that print everything unless a page is asked for.
struct PageOptions: ParsableArguments {
    @Option(name: .long, help: "Which page, from 1.") var page = 1
    @Option(name: .long, help: "Rows a page; all rows when not given.") var perPage: Int?

    func check() throws(Complaint) { try Paging.check(page, perPage) }

    /// Prints the rows of the page that was asked for, and the closing object where there are pages.
    ///
    /// - Parameter pageCount: how many pages there are, or which one came in place of one past the end.
    func print<Found, Row: Encodable>(
        _ found: [Found], of pageCount: Int, total: Int, damaged: [DamagedOperation] = [], _ output: JsonFlag,
        header: [String], as row: (Found) -> Row, cells: (Row) -> [String]
    ) throws(Complaint) {
        let rows = Rows(json: output.json)
        let shown = Paging.rows(found, asked: page, given: pageCount, isJson: output.json)
        try rows.print(shown.map(row), header: header, cells: cells)
        for one in page > pageCount ? [] : damaged {
            if output.json { try rows.printObject(DamagedRow(one)) } else { try Rows.text(one.line) }
        }
        if let perPage { try rows.printObject(PageRow(total: total, page: page, per_page: perPage)) }
    }
}

/// `--out F` and `--force`.
enum Out {
    static func target(_ out: String, force: Bool) -> ExportTarget {
        out == "-" ? .standardOutput : .file(out, replaces: force)
    }
}

/// A file that a command is to check: what cannot be read is bad input, not a bad setting.
enum InputFile {
    static func requireReadable(_ path: String) throws(Complaint) {
        // Without waiting for whoever writes into a pipe.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Complaint.unreadable(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Complaint.unreadable(path, errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return
        case S_IFDIR: throw Complaint.unreadable(path, EISDIR)
        default: throw Complaint.irregular(path)
        }
    }
}

/// A file or folder that a command is to read.
enum InputPath {
    static func requireReadable(_ path: String) throws(Complaint) {
        guard access(path, R_OK) == 0 else { throw Complaint.unreadable(path, errno) }
    }
}

extension Portal: ExpressibleByArgument {}
extension JobStatus: ExpressibleByArgument {}
extension AccountStatus: ExpressibleByArgument {}
extension PlaceOutcome: ExpressibleByArgument {}
extension Cause: ExpressibleByArgument {}

/// `--portal P --identity ID`.
struct IdentityOptions: ParsableArguments {
    @Option(name: .long, help: "gst, income_tax or traces.") var portal: Portal
    @Option(name: .long, help: "GSTIN, PAN or TAN.") var identity: String

    func resolved() throws(Complaint) -> PortalIdentity { try Identity.read(portal, identity) }
}

/// Secrets come from a file, from standard input, or from a prompt without echo; never from an argument.
enum SecretInput {
    static func read(file: String?, _ what: String = "a password", option: String = "--password-file", prompt: String)
        throws(Complaint) -> SecretBytes
    {
        if let file { return try contents(file) }
        guard canAsk else {
            throw Complaint(
                "\(what) is needed", remedy: "Give \(option) FILE, or - for standard input", status: .usage)
        }
        return try ask(prompt)
    }

    /// Whether somebody sits there who can be asked.
    static var canAsk: Bool { isatty(STDIN_FILENO) == 1 }

    /// Everything that comes on standard input, as it comes.
    static func handed() throws(Complaint) -> SecretBytes { try contents("-", keepsLineEnd: true) }

    private static func contents(_ file: String, keepsLineEnd: Bool = false) throws(Complaint) -> SecretBytes {
        let descriptor = file == "-" ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Complaint.unreadable(file, errno)
        }
        defer { if file != "-" { close(descriptor) } }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4_096)
        var buffer = [UInt8](repeating: 0, count: 1_024)
        defer { buffer.withUnsafeMutableBytes { SecretBytes.wipe($0) } }
        while bytes.count < 2_048 {
            let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { break }
            bytes.append(contentsOf: buffer[..<count])
        }
        // The line end that editors and echo put behind it is no part of the password.
        if !keepsLineEnd, bytes.last == 10 {
            bytes.removeLast()
            if bytes.last == 13 { bytes.removeLast() }
        }
        return SecretBytes(consuming: &bytes)
    }

    private static func ask(_ prompt: String) throws(Complaint) -> SecretBytes {
        Messages.put(prompt)
        var saved = termios()
        tcgetattr(STDIN_FILENO, &saved)
        var silent = saved
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved)
            Messages.line("")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1_024)
        var byte: UInt8 = 0
        while bytes.count < 1_024, Foundation.read(STDIN_FILENO, &byte, 1) == 1, byte != 10 { bytes.append(byte) }
        return SecretBytes(consuming: &bytes)
    }
}
