import Domain
import Portals
import Synchronization

/// The documents of one attempt on their way to the disk, and what became of them.
final class ArrivingDocuments: Sendable {
    private struct Arriving {
        var document: NoticeDocument
        var stored: Task<String, any Error>
    }

    private struct State {
        var arriving: [Arriving] = []
        /// Why the first one that was lost could not be kept.
        var reason: String?
        var lost: Set<String> = []
    }

    /// How those that came have ended.
    struct Settled: Sendable {
        /// With the hash of their content.
        var stored: [NoticeDocument] = []
        var lost: [(name: String, why: String)] = []
    }

    private let folder: DocumentFolder
    private let state = Mutex(State())

    /// Documents that may be on their way, and their bytes.
    private static let most = 20
    private static let mostBytes = 8 << 20

    init(folder: DocumentFolder) { self.folder = folder }

    /// - Returns: whether so many are on their way that somebody should wait for them.
    func add(_ document: NoticeDocument, _ bytes: [UInt8]) -> Bool {
        let folder = folder
        var counted = document
        counted.byteCount = bytes.count
        let arriving = Arriving(document: counted, stored: Task { try await folder.store(bytes) })
        return state.withLock { state in
            state.arriving.append(arriving)
            return state.arriving.count >= Self.most
                || state.arriving.reduce(0) { $0 + $1.document.byteCount } >= Self.mostBytes
        }
    }

    /// Waits until every document that came is durable, or lost.
    func settle() async -> Settled {
        let arrived = state.withLock { state in
            defer { state.arriving = [] }
            return state.arriving
        }
        var settled = Settled()
        for one in arrived {
            var document = one.document
            do {
                document.sha256 = try await one.stored.value
                settled.stored.append(document)
            } catch {
                let (id, why) = (document.externalId, HarmlessText.line("\(error)"))
                state.withLock { state in
                    state.reason = state.reason ?? why
                    state.lost.insert(id)
                }
                settled.lost.append((document.name, why))
            }
        }
        return settled
    }

    /// What was read of a place, after a look at the documents. Once one of them is lost no place counts as read: whose
    /// it was is not known here, and the next try brings it.
    func honest(_ reading: PlaceReading) -> PlaceReading {
        guard reading.outcome.isAnswer, let why = state.withLock({ $0.reason }) else { return reading }
        var reading = reading
        (reading.outcome, reading.cause, reading.message) = (.failed, .placeFailed, why)
        return reading
    }

    /// The notices list what they list, but name no content that we do not have.
    func honest(_ notices: [NoticeFacts]) -> [NoticeFacts] {
        let lost = state.withLock { $0.lost }
        if lost.isEmpty { return notices }
        return notices.map { notice in
            var notice = notice
            for index in notice.documents.indices where lost.contains(notice.documents[index].externalId) {
                notice.documents[index].sha256 = nil
            }
            return notice
        }
    }
}
