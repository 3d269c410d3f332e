import Foundation
import Synchronization

/// The provider files of a workspace, read again only when one of them changed.
final class CatalogCache: Sendable {
    private struct Held {
        var stamps: [Stamp]?
        var catalog = ProviderCatalog(files: [])
        var edition = 0
    }

    /// What tells one state of a file from another without reading it.
    private struct Stamp: Hashable {
        var name: String
        var inode: UInt64
        var size: Int64
        var seconds: Int
        var nanoseconds: Int
    }

    private let folder: String
    private let held = Mutex(Held())

    init(folder: String) { self.folder = folder }

    /// The catalogue, and a number that changes with it.
    func current() -> (catalog: ProviderCatalog, edition: Int) {
        held.withLock { held in
            let stamps = Self.stamps(folder)
            if held.stamps != stamps {
                held = Held(stamps: stamps, catalog: ProviderCatalog.load(folder: folder), edition: held.edition + 1)
            }
            return (held.catalog, held.edition)
        }
    }

    private static func stamps(_ folder: String) -> [Stamp] {
        ProviderCatalog.names(in: folder).map { name in
            var status = stat()
            guard stat("\(folder)/\(name)", &status) == 0 else {
                return Stamp(name: name, inode: 0, size: -1, seconds: 0, nanoseconds: 0)
            }
            return Stamp(
                name: name, inode: UInt64(status.st_ino), size: Int64(status.st_size), seconds: status.st_mtim.tv_sec,
                nanoseconds: status.st_mtim.tv_nsec)
        }
    }
}
