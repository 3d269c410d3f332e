import Crypto
import Foundation
import Secrets

/// Writes a bundle as one `.tar.gz`: its files lie in a folder of their own under `run/` while the system's tar packs
/// them, and are masked already.
struct BundleArchive {
    let home: Home
    let id: String

    /// Where tar lies on every system that we run on.
    private static let programs = ["/usr/bin/tar", "/bin/tar"]
    private static let patience = Duration.seconds(60)

    /// What a bundle that was written is.
    struct Packed {
        var byteCount: Int
        var sha256: String
    }

    /// Never replaces a file; the new one is 0600, complete or not there.
    ///
    /// - Throws: a `Complaint`: 74 when it cannot be written, 65 when the file stands already, 78 without tar.
    func write(_ files: [(path: String, text: String)], to target: String) throws(Complaint) -> Packed {
        let stage = "\(home.run)/support-\(id)"
        guard mkdir(stage, 0o700) == 0 else { throw Complaint.unwritable(stage, errno) }
        defer { try? FileManager.default.removeItem(atPath: stage) }
        let name = "portaldesk-support-\(id)"
        for file in files { try put(file.text, "\(stage)/\(name)/\(file.path)") }
        let packed = "\(stage)/packed"
        try pack(name, in: stage, to: packed)
        let sum = try sum(packed)
        try FileCopy.make(packed, .file(target, replaces: false))
        return sum
    }

    private func put(_ text: String, _ path: String) throws(Complaint) {
        do {
            try FileManager.default.createDirectory(
                atPath: Folder.of(path), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Complaint.unwritable(path, EIO)
        }
        let file = try ExportFile(path: path, replaces: false)
        try file.write(text)
        try file.close()
    }

    /// The archive names no user of this machine.
    private func pack(_ name: String, in stage: String, to packed: String) throws(Complaint) {
        guard let program = Self.programs.first(where: { access($0, X_OK) == 0 }) else { throw Complaint.noTar }
        let arguments = [
            "--create", "--gzip", "--format=ustar", "--sort=name", "--owner=0", "--group=0", "--numeric-owner",
            "--mode=u=rwX,go=", "--file", packed, "--directory", stage, name,
        ]
        let tar = PipedProgram(path: program, arguments: arguments, limit: Self.patience)
        switch tar.run(feeding: SecretBytes(utf8: "")) {
        case .success(let end):
            guard end.how == .exited(0) else { throw Complaint.notPacked(end.errors) }
        case .failure(let error): throw Complaint.notPacked(String(cString: strerror(error.code.rawValue)))
        }
    }

    private func sum(_ path: String) throws(Complaint) -> Packed {
        guard let data = FileManager.default.contents(atPath: path) else { throw Complaint.unreadable(path, errno) }
        return Packed(byteCount: data.count, sha256: MaskBook.hex(SHA256.hash(data: data)))
    }
}
