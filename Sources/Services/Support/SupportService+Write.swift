import Crypto
import Domain
import Foundation
import Store

extension SupportService {
    /// What was written.
    public struct Written: Sendable, Hashable {
        public var id: String
        public var path: String
        public var byteCount: Int
        public var sha256: String

        public init(id: String, path: String, byteCount: Int, sha256: String) {
            (self.id, self.path, self.byteCount, self.sha256) = (id, path, byteCount, sha256)
        }
    }

    /// Writes a bundle, and beside the workspace's own data what its masks stand for.
    ///
    /// - Parameters:
    ///   - left: parts that somebody wants left out.
    ///   - path: of the new file; of a folder, where it gets its own name.
    public func write(
        _ bundle: SupportBundle, without left: Set<SupportPart> = [], to path: String
    ) async throws(Complaint) -> Written {
        let doer = try await workspace.permit(.bundleSupport)
        let files = bundle.files(without: left)
        guard !files.isEmpty else {
            throw Complaint("nothing is left of the bundle", remedy: "Take a part in again", status: .usage)
        }
        let target = placed(path, bundle)
        if workspace.hasFile(at: target) { throw Complaint.unwritable(target, EEXIST) }
        let manifest = try BundleManifest(bundle, files, version: workspace.surroundings.version).text()
        let (home, now) = (workspace.home, workspace.now)
        let used = files.reduce(into: Set<String>()) { $0.formUnion($1.masks.keys) }
        let lookup = MaskLookup(
            bundle: bundle.id, made_at: TimeText.rfc3339(bundle.createdAt), made_by: doer.name,
            masks: bundle.entries.filter { used.contains($0.mask) })
        let packed = try await OwnThread.run { () throws(Complaint) in
            try lookup.keep(in: home.support)
            do throws(Complaint) {
                return try BundleArchive(home: home, id: bundle.id).write(
                    files.map { ($0.path, $0.text) } + [("manifest.json", manifest)], to: target)
            } catch {
                lookup.forget(in: home.support)
                throw error
            }
        }
        let detail = Self.json(["files": files.count, "bytes": packed.byteCount], ["sha256": packed.sha256])
        let event = doer.event("support.bundle", "support/\(bundle.id)", detail: detail, at: now)
        do throws(Complaint) {
            try await workspace.write { try $0.recordEvent(event) }
        } catch {
            // None leaves that the audit trail does not know.
            unlink(target)
            lookup.forget(in: home.support)
            throw error
        }
        return Written(id: bundle.id, path: target, byteCount: packed.byteCount, sha256: packed.sha256)
    }

    private func placed(_ path: String, _ bundle: SupportBundle) -> String {
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else { return path }
        return "\(path)/\(bundle.fileName(utcOffset: workspace.utcOffset(at: bundle.createdAt)))"
    }

    static func json(_ numbers: [String: Int], _ texts: [String: String]) -> String {
        let parts = numbers.map { "\"\($0.key)\":\($0.value)" } + texts.map { "\"\($0.key)\":\"\($0.value)\"" }
        return "{\(parts.sorted().joined(separator: ","))}"
    }
}

/// The table of contents of a bundle.
private struct BundleManifest: Encodable {
    struct Entry: Encodable {
        let path: String
        let bytes: Int
        let sha256: String
        let is_cut: Bool
    }

    struct Kind: Encodable {
        let kind: String
        let values, times: Int
    }

    let format = 1
    let bundle, program, version, made_at: String
    let days: Int
    let verbatim: Bool
    let files: [Entry]
    let masked: [Kind]
    let left_out: [String]

    init(_ bundle: SupportBundle, _ files: [SupportBundle.File], version: String) {
        (self.bundle, program, self.version) = (bundle.id, "portaldesk", version)
        (made_at, days, left_out) = (TimeText.rfc3339(bundle.createdAt), bundle.days, bundle.leftOut)
        verbatim = bundle.isVerbatim
        self.files = files.map { file in
            Entry(
                path: file.path, bytes: file.byteCount,
                sha256: MaskBook.hex(SHA256.hash(data: Array(file.text.utf8))), is_cut: file.isCut)
        }
        let left = Set(SupportPart.allCases).subtracting(files.map(\.part))
        masked = bundle.masked(without: left).map { Kind(kind: $0.kind.rawValue, values: $0.values, times: $0.times) }
    }

    func text() throws(Complaint) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
        } catch {
            throw Complaint("the manifest cannot be written as JSON", status: .inputOutput)
        }
    }
}
