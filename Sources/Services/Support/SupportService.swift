import Crypto
import Domain
import Foundation
import Portals
import Secrets
import Store

/// Packs what whoever helps with a fault needs, without what must not leave the house: `prepare` collects and masks in
/// memory, `write` puts it into a file when somebody has seen what it would hold.
public struct SupportService: Sendable {
    let workspace: Workspace

    /// - Parameters:
    ///   - checkSettings: what the desk says about settings that only it understands.
    ///   - progress: parts that are masked, of all.
    public func prepare(
        _ request: SupportRequest,
        checkSettings: @escaping @Sendable (Settings) -> [Doctor.SettingRemark] = { _ in [] },
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws(Complaint) -> SupportBundle {
        try await workspace.permit(.bundleSupport)
        guard (1...SupportRequest.mostDays).contains(request.days) else {
            throw Complaint("logs can be had of 1 to \(SupportRequest.mostDays) days", status: .usage)
        }
        guard request.jobs.count <= SupportRequest.mostJobs else {
            throw Complaint("at most \(SupportRequest.mostJobs) jobs go into one bundle", status: .usage)
        }
        let names = try await workspace.read { try $0.knownNames() }
        let known = SupportNames.values(names, workspace)
        let random = workspace.surroundings.random
        let (key, id) = (random.bytes(32), MaskBook.hex(random.bytes(4)))
        let now = workspace.now
        let collected = try await SupportSources(workspace: workspace, request: request, checkSettings: checkSettings)
            .collect()
        let home = workspace.home
        let executable = workspace.surroundings.executable
        return try await OwnThread.run(stackSize: 1 << 20) { () throws(Complaint) in
            var masker = Masker(key: key, known: known)
            var files: [SupportBundle.File] = []
            for (index, source) in collected.files.enumerated() {
                progress(index, collected.files.count + 1)
                files.append(Self.masked(source, &masker))
            }
            let hashes = WorkspaceHashes(home: home, executable: executable)
            files.append(hashes.file(&masker))
            progress(collected.files.count + 1, collected.files.count + 1)
            let order = SupportPart.allCases
            let sorted = files.sorted {
                (order.firstIndex(of: $0.part) ?? 0, $0.path) < (order.firstIndex(of: $1.part) ?? 0, $1.path)
            }
            return SupportBundle(
                id: id, createdAt: now, days: request.days, files: sorted, leftOut: collected.leftOut,
                entries: masker.book.entries)
        }
    }

    /// Names of files may hold an identifier too.
    private static func masked(_ source: SupportSource, _ masker: inout Masker) -> SupportBundle.File {
        let text = masker.mask(source.text)
        let path = source.path.split(separator: "/").map { masker.mask(String($0)).text }.joined(separator: "/")
        return SupportBundle.File(
            part: source.part, path: path, text: text.text, isCut: source.isCut, masks: text.masks)
    }
}

extension Workspace {
    public var support: SupportService { SupportService(workspace: self) }
}

/// A text of a bundle as it is, before it is masked.
struct SupportSource: Sendable {
    var part: SupportPart
    var path: String
    var text: String
    var isCut = false
}
