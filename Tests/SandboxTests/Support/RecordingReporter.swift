import Domain
import Portals
import Wire

/// Keeps all that a connector reports.
actor RecordingReporter: FetchReporter {
    private(set) var lines: [String] = []
    private(set) var percents: [Int] = []
    private(set) var readings: [PlaceReading] = []
    private(set) var notices: [NoticeFacts] = []
    private(set) var documents: [String: [UInt8]] = [:]

    func log(_ level: LogLevel, _ step: String, _ message: String, detail: String) {
        lines.append("\(level.rawValue) \(step): \(message)\(detail.isEmpty ? "" : "\n" + detail)")
    }

    func progress(_ percent: Int) { percents.append(percent) }

    func read(_ reading: PlaceReading, notices: [NoticeFacts]) {
        readings.append(reading)
        self.notices += notices
    }

    func hasDocument(sha256: String) -> Bool { documents[sha256] != nil }

    private var byExternalId: [String: NoticeDocument] = [:]
    func storedDocument(externalId: String) -> NoticeDocument? { byExternalId[externalId] }

    func store(document: NoticeDocument, bytes: [UInt8]) {
        documents[document.sha256 ?? ""] = bytes
        byExternalId[document.externalId] = document
    }

    private(set) var steps: [Int64: [TdsRequestStep]] = [:]
    /// Wishes that somebody withdraws or changes while the fetch runs.
    private var unwanted: Set<Int64> = []
    func drop(_ wish: Int64) { unwanted.insert(wish) }
    func note(wish: Int64, _ step: TdsRequestStep) -> Bool {
        if unwanted.contains(wish) { return false }
        steps[wish, default: []].append(step)
        return true
    }

    private var remembers = false
    /// From now on what was reported is known, as a store knows it.
    func remember() { remembers = true }
    func knownNotices() -> [String: NoticeFacts] {
        remembers ? Dictionary(notices.map { ($0.externalKey, $0) }, uniquingKeysWith: { $1 }) : [:]
    }

    private(set) var strays: [StrayRecord] = []
    func setAside(_ record: StrayRecord) { strays.append(record) }

    var text: String { lines.joined(separator: "\n") }
}
