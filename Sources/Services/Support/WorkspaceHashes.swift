import Crypto
import Foundation

/// SHA-256 of the files that matter, to see whether two machines have the same program and whether a file was changed.
///
/// A plain hash of a file that holds an identifier, where the rest of it is known, would tell that identifier to whoever
/// tries all of them. So what was masked has a hash under the key of the bundle, and keys have none.
struct WorkspaceHashes {
    let home: Home
    let executable: String

    /// Larger files are named with their size alone: reading them would take minutes.
    private static let mostBytes = 1 << 30

    /// Hashes look like secrets: this file is made of masked names instead of being masked as a whole.
    func file(_ masker: inout Masker) -> SupportBundle.File {
        var lines = ["SHA-256, bytes, mode, file; \"keyed\" for what was masked: equal only within this bundle", ""]
        lines.append(line("program", executable, &masker))
        lines.append(line("desk.sqlite", home.database, &masker))
        for suffix in ["-wal", "-shm"] { lines.append(line("desk.sqlite\(suffix)", home.database + suffix, &masker)) }
        lines.append(line("config.toml", home.configuration, &masker))
        for name in ProviderCatalog.names(in: home.providers) {
            lines.append(line("providers/\(name)", "\(home.providers)/\(name)", &masker))
        }
        for (name, path) in [("vault.key", home.vaultKey), ("worker.key", home.workerKey)] {
            lines.append(line(name, path, &masker, isKey: true))
        }
        return SupportBundle.File(part: .hashes, path: "hashes.txt", text: SupportSources.text(lines))
    }

    private func line(_ name: String, _ path: String, _ masker: inout Masker, isKey: Bool = false) -> String {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return "absent  \(masker.mask(name).text)" }
        let mode = String(facts.st_mode & 0o7777, radix: 8)
        let rest = "\(facts.st_size)  \(mode)  \(masker.mask(name).text)"
        guard !isKey, facts.st_mode & S_IFMT == S_IFREG else { return "not hashed  \(rest)" }
        guard facts.st_size <= Self.mostBytes else { return "too large  \(rest)" }
        if name.hasSuffix(".toml") {
            guard let data = FileManager.default.contents(atPath: path) else { return "unreadable  \(rest)" }
            let isTold = masker.mask(String(decoding: data, as: UTF8.self)).masks.isEmpty
            return isTold ? "\(Self.sum(data))  \(rest)" : "keyed \(masker.book.code(of: data))  \(rest)"
        }
        return "\(hash(path) ?? "unreadable")  \(rest)"
    }

    static func sum(_ data: Data) -> String { MaskBook.hex(SHA256.hash(data: data)) }

    private func hash(_ path: String) -> String? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        var hash = SHA256()
        while true {
            do {
                // At the end of a file nothing comes.
                guard let part = try handle.read(upToCount: 1 << 20), !part.isEmpty else {
                    return MaskBook.hex(hash.finalize())
                }
                hash.update(data: part)
            } catch {
                return nil
            }
        }
    }
}
