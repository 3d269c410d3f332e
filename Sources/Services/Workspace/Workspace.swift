import Domain
import Foundation
import Portals
import Secrets
import Store
import Vault

/// One open workspace: the only door to store, vault and providers. Made once at the composition root.
public final class Workspace: Sendable {
    public let home: Home
    public let settings: Settings
    public let surroundings: Surroundings
    let store: DeskStore
    let documents: DocumentFolder
    private let timeZone: TimeZoneOffsets
    /// What this process may open.
    let keyring = Keyring()
    /// For whom it works.
    let acting = Acting()
    /// nil but in a proof on simulated portals.
    let killPoint: KillPoint?

    private init(home: Home, settings: Settings, surroundings: Surroundings, store: DeskStore) {
        self.home = home
        self.settings = settings
        self.surroundings = surroundings
        self.store = store
        documents = DocumentFolder(path: home.documents)
        timeZone = TimeZoneOffsets(identifier: settings.desk.timeZone)
        killPoint = KillPoint(surroundings.environment) { ProviderCatalog.load(folder: home.providers) }
    }

    /// How much of the workspace the caller will use.
    public enum Access: Sendable { case look, change }

    /// - Throws: a `Complaint` for a missing, foreign, open or damaged home and for wrong settings.
    public static func open(_ home: Home, _ surroundings: Surroundings, access: Access = .change) throws(Complaint)
        -> Workspace
    {
        try home.check()
        // `run` and its like may be cleared away between two starts.
        if access == .change { try home.create() }
        let settings = try readSettings(home)
        do {
            let store = try DeskStore(
                file: home.database, lockFile: home.storeLock, wakeFile: home.wake,
                access: access == .look ? .readOnly : .readWrite, clock: surroundings.clock
            )
            return Workspace(home: home, settings: settings, surroundings: surroundings, store: store)
        } catch {
            throw Complaint(error, home: home.path)
        }
    }

    /// A missing file means every default; one that cannot be read must not pass for it.
    static func readSettings(_ home: Home) throws(Complaint) -> Settings {
        guard try isThere(home.configuration) else { return Settings() }
        guard let text = try? String(contentsOfFile: home.configuration, encoding: .utf8) else {
            throw Complaint(
                "\(home.configuration) cannot be read as text", remedy: "Check its owner, mode and encoding (UTF-8)",
                status: .badConfiguration)
        }
        if let known = Settings.known(text) { return known }
        do {
            return try Settings.read(file: home.configuration, text: text)
        } catch {
            throw Complaint(error)
        }
    }

    /// Whether settings stand there. Only a file that is not there at all is none: a link that leads nowhere was meant to.
    private static func isThere(_ path: String) throws(Complaint) -> Bool {
        var facts = stat()
        if lstat(path, &facts) != 0 {
            guard errno == ENOENT else { throw unusable(path, errno) }
            return false
        }
        guard stat(path, &facts) == 0 else { throw unusable(path, errno) }
        if facts.st_mode & S_IFMT == S_IFREG { return true }
        throw Complaint(
            "\(path) cannot be read", why: "it is no regular file", remedy: "Put a file in its place, or remove it",
            status: .badConfiguration)
    }

    private static func unusable(_ path: String, _ code: Int32) -> Complaint {
        Complaint(
            "\(path) cannot be read", why: String(cString: strerror(code)),
            remedy: "Where it is a link, let it lead to a file, or remove it; else check its owner and mode",
            status: .badConfiguration)
    }

    public var now: Instant { surroundings.clock() }
    /// Seconds east of UTC at `instant` in the desk's time zone.
    public func utcOffset(at instant: Instant) -> Int { timeZone.seconds(at: instant) }

    /// Day and time as sentences for people tell them, by the clock of this place.
    func moment(_ instant: Instant) -> String { TimeText.full(instant, offset: utcOffset(at: instant)) }
    /// The same for a home that is not opened; Indian time where its settings cannot be read.
    public static func utcOffset(of home: Home, at instant: Instant) -> Int {
        let settings = try? readSettings(home)
        return TimeZoneOffsets(identifier: (settings ?? Settings()).desk.timeZone).seconds(at: instant)
    }
    public func providers() -> ProviderCatalog { ProviderCatalog.load(folder: home.providers) }

    func vaultKey() throws(Complaint) -> VaultKey {
        do {
            return try VaultKeyFile(path: home.vaultKey).load()
        } catch {
            throw Complaint(error)
        }
    }

    /// Reads off the caller's thread.
    func read<T: Sendable>(_ body: @escaping @Sendable (StoreReader) throws -> T) async throws(Complaint) -> T {
        do {
            return try await store.read(body)
        } catch {
            throw Complaint(error, home: home.path)
        }
    }

    /// Reads on the caller's thread: for what an index finds at once. Another thread and the way back would take longer.
    func lookUp<T>(_ body: (StoreReader) throws -> T) throws(Complaint) -> T {
        do {
            return try store.readNow(body)
        } catch {
            throw Complaint(error, home: home.path)
        }
    }

    /// Changes in one transaction; `DeskStore.write`.
    @discardableResult
    func write<T: Sendable>(
        isPatient: Bool = false, _ body: @escaping @Sendable (StoreWriter) throws -> T
    ) async throws(Complaint) -> T {
        do {
            return try await store.write(isPatient: isPatient, body)
        } catch {
            throw Complaint(error, home: home.path)
        }
    }

    public func close() {
        login.wipe()
        store.close()
    }
}

/// Offsets of one time zone, without asking Foundation for the common fixed one.
struct TimeZoneOffsets: Sendable {
    private let zone: TimeZone?

    init(identifier: String) {
        zone = identifier == "Asia/Kolkata" ? nil : TimeZone(identifier: identifier)
    }

    func seconds(at instant: Instant) -> Int {
        guard let zone else { return 19_800 }
        return zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1_000))
    }
}
