import Domain
import Foundation
import Glibc
import Store

/// What a verification found wrong, beside the checkpoints outside: whoever puts the database back does not undo it.
extension CheckpointPlaces {
    /// nil where nothing was found.
    func finding() -> TrailFinding? {
        let files = [findingFile] + formerFiles.map { "\($0).finding" }
        return files.lazy.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }.first
            .map(TrailFinding.init(text:))
    }

    /// - Returns: whether it is kept there.
    @discardableResult
    func keep(_ finding: TrailFinding) -> Bool {
        guard workspace.settings.audit.places.contains(.file) else { return false }
        let path = findingFile
        try? FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let bytes = Array(finding.text.utf8)
        return write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
    }

    func forgetFinding() { for path in [findingFile] + formerFiles.map({ "\($0).finding" }) { unlink(path) } }
}

extension Workspace {
    /// What a verification found wrong and nobody has ended: here, or beside the checkpoints outside.
    func trailFinding() throws(Complaint) -> TrailFinding? {
        try lookUp { try $0.trailFinding() } ?? CheckpointPlaces(workspace: self).finding()
    }

    /// Remembers it in both places; where one cannot be written the other has it.
    func keep(_ finding: TrailFinding) async {
        CheckpointPlaces(workspace: self).keep(finding)
        _ = try? await write { try $0.setTrailFinding(finding) }
    }

    func forgetTrailFinding() async {
        CheckpointPlaces(workspace: self).forgetFinding()
        _ = try? await write { try $0.setTrailFinding(nil) }
    }
}
