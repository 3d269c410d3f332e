import Domain
import Wire

/// What earlier fetches have stored of one taxpayer's notices, for what need not be asked again.
struct EFilingKnown: Sendable {
    private let notices: [String: NoticeFacts]
    private let byProceeding: [String: [NoticeFacts]]
    let today: LegalDate

    init(_ notices: [String: NoticeFacts] = [:], today: LegalDate) {
        self.notices = notices
        self.today = today
        let own = notices.values.filter { !$0.particulars.proceeding.isEmpty }.sorted {
            $0.externalKey < $1.externalKey
        }
        byProceeding = Dictionary(grouping: own, by: \.particulars.proceeding)
    }

    func notice(_ key: String) -> NoticeFacts? { notices[key] }
    func notices(of proceeding: String) -> [NoticeFacts] { byProceeding[proceeding] ?? [] }
    var proceedings: [String] { byProceeding.keys.sorted() }

    /// The closing orders of a proceeding.
    func orders(of proceeding: String) -> [NoticeFacts] {
        notices(of: proceeding).filter { $0.externalKey.hasPrefix(EFilingOrderReading.keyPrefix) }
    }
}

/// The portal's record in one word: while it stays the same, letters and replies need not be read again.
///
/// The count of notices does not change when a reply or an order is added, so what tells of both is part of it (facts:
/// income-tax-traces 3.13). The flags of replies are known to be wrong at times, so while a proceeding is open each of its
/// notices is read anew once a week, on a day of its own.
enum EFilingMark {
    /// Of a notice whose proceeding is in no list any more, and was asked for by its number.
    static let vanished = "vanished"

    /// Of the notices of such a one whose answer was none of the portal's own: it is asked for once more on another day.
    static func strange(on day: LegalDate) -> String { "\(strangeStart)\(day)" }

    fileprivate static let strangeStart = "vanished, strange on "

    static func notice(_ raw: [UInt8], _ sequence: String, in row: EFilingProceeding, today: LegalDate) -> String {
        var parts = [state(row), row.viewNoticeCount?.text ?? ""]
        if row.proceedingStatus != "C" {
            let own = sequence.utf8.reduce(0) { ($0 * 31 + Int($1)) % 7 }
            parts.append(String((today.dayNumber + own) / 7))
        }
        return ContentHash.sha256(raw + Array("\u{1F}\(parts.joined(separator: "\u{1F}"))".utf8))
    }

    static func orders(_ row: EFilingProceeding) -> String {
        ContentHash.sha256(Array("orders\u{1F}\(state(row))".utf8))
    }

    private static func state(_ row: EFilingProceeding) -> String {
        [row.proceedingStatus, row.proceedingClosureOrder?.text, row.lastResponseSubmittedOn?.text]
            .map { $0 ?? "" }.joined(separator: "\u{1F}")
    }
}

/// A proceeding that was in a list before and is in none now.
struct EFilingVanished: Sendable {
    var id: String
    var place: Place
    var known: [NoticeFacts]

    /// As far as a list would tell it.
    var row: EFilingProceeding {
        var row = EFilingProceeding(id: id)
        row.pan = known.map(\.particulars.subject).first { !$0.isEmpty }
        row.proceedingName = "Proceeding that the portal no longer lists"
        return row
    }

    /// What the answers to its number come to.
    enum Verdict: Hashable {
        /// What it still holds is read, or the portal said in its own words that there is nothing to read. Nobody asks again.
        case settled
        /// What came was no answer of the portal's: a page of a gateway, garbage. That may pass.
        case strange
        /// It could not be asked; the next fetch does.
        case unread
    }

    /// - Parameter problems: with what could not be read. Strange answers on two days are how it is told by then.
    func verdict(_ problems: [PortalFailure], today: LegalDate) -> Verdict {
        func isSettled(_ failure: PortalFailure) -> Bool {
            failure.cause == .placeFailed && failure.isAnswer || failure.cause == .portalChanged && failure.isPortalsOwn
        }
        if problems.allSatisfy(isSettled) { return .settled }
        guard problems.allSatisfy({ isSettled($0) || $0.cause == .portalChanged }) else { return .unread }
        let wasStrange = known.contains {
            $0.particulars.mark.hasPrefix(EFilingMark.strangeStart)
                && $0.particulars.mark != EFilingMark.strange(on: today)
        }
        return wasStrange ? .settled : .strange
    }

    private static let lists: [Place] = [.selfFya, .selfFyi, .thirdPartyFya, .thirdPartyFyi]

    /// Empty unless every list was read: one that was not may hold it. What was asked for once is not asked for again.
    static func of(_ known: EFilingKnown, listed: [Place: Set<String>]) -> [EFilingVanished] {
        guard lists.allSatisfy({ listed[$0] != nil }) else { return [] }
        let shown = listed.values.reduce(into: Set<String>()) { $0.formUnion($1) }
        return known.proceedings.compactMap { id in
            let notices = known.notices(of: id).filter { lists.contains($0.place) }
            guard !shown.contains(id), let place = notices.first?.place,
                !notices.contains(where: { $0.particulars.mark == EFilingMark.vanished })
            else { return nil }
            return EFilingVanished(id: id, place: place, known: notices)
        }
    }
}
