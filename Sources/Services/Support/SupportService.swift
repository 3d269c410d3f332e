import Domain
import Store
import Synchronization

/// Packs what whoever helps with a fault needs, without what must not leave the house: `prepare` collects and masks in
/// memory, `write` puts it into a file when somebody has seen what it would hold.
public struct SupportService: Sendable {
    let workspace: Workspace

    /// - Parameters:
    ///   - checkSettings: what the desk says about settings that only it understands.
    ///   - progress: per cent of the texts that are masked, each once.
    /// - Throws: a `Complaint`: 75 when the task was cancelled meanwhile.
    public func prepare(
        _ request: SupportRequest,
        checkSettings: @escaping @Sendable (Settings) -> [Doctor.SettingRemark] = { _ in [] },
        progress: @escaping @Sendable (_ percent: Int) -> Void = { _ in }
    ) async throws(Complaint) -> SupportBundle {
        try await workspace.permit(.bundleSupport)
        guard (1...SupportRequest.mostDays).contains(request.days) else {
            throw Complaint("logs can be had of 1 to \(SupportRequest.mostDays) days", status: .usage)
        }
        guard request.jobs.count <= SupportRequest.mostJobs else {
            throw Complaint("at most \(SupportRequest.mostJobs) jobs go into one bundle", status: .usage)
        }
        let names = try await workspace.read { try $0.knownNames() }
        let random = workspace.surroundings.random
        let (key, id) = (random.bytes(32), MaskBook.hex(random.bytes(4)))
        let collected = try await SupportSources(workspace: workspace, request: request, checkSettings: checkSettings)
            .collect()
        let workspace = workspace
        let isCancelled = Atomic(false)
        let now = workspace.now
        let bundle = await withTaskCancellationHandler {
            await OwnThread.result {
                let known = SupportNames.values(names, workspace)
                var work = SupportMasking(masker: Masker(key: key, known: known), progress: progress)
                guard let files = work.mask(collected.files, goesOn: { !isCancelled.load(ordering: .relaxed) }) else {
                    return SupportBundle?.none
                }
                let hashes = WorkspaceHashes(home: workspace.home, executable: workspace.surroundings.executable)
                return SupportBundle(
                    id: id, createdAt: now, days: request.days, isVerbatim: request.isVerbatim,
                    files: SupportBundle.sorted(files + [hashes.file(&work.masker)]), leftOut: collected.leftOut,
                    entries: work.masker.book.entries)
            }
        } onCancel: {
            isCancelled.store(true, ordering: .relaxed)
        }
        guard let bundle else { throw .collectingEnded }
        return bundle
    }
}

/// Masks what was collected, one text after the other, and tells how far it is.
private struct SupportMasking {
    var masker: Masker
    let progress: @Sendable (Int) -> Void
    init(masker: Masker, progress: @escaping @Sendable (Int) -> Void) {
        (self.masker, self.progress) = (masker, progress)
    }

    /// - Returns: nil where it was ended.
    mutating func mask(_ sources: [SupportSource], goesOn: () -> Bool) -> [SupportBundle.File]? {
        let total = max(1, sources.reduce(0) { $0 + $1.text.utf8.count })
        var (done, files) = (0, [SupportBundle.File]())
        var told = -1
        let progress = progress
        func tell(_ bytes: Int) -> Bool {
            let percent = min(100, bytes * 100 / total)
            if percent > told {
                told = percent
                progress(percent)
            }
            return goesOn()
        }
        for source in sources {
            guard tell(done) else { return nil }
            files.append(masked(source) { tell(done + $0) })
            done += source.text.utf8.count
        }
        return tell(total) ? files : nil
    }

    /// Names of files may hold an identifier too.
    private mutating func masked(_ source: SupportSource, _ goesOn: (Int) -> Bool) -> SupportBundle.File {
        let text = masker.mask(source.text, as: source.voice, goesOn: goesOn)
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
    var voice = Masker.Voice.program
}
