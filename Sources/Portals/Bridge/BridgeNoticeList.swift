import Domain
import Transport
import Wire

/// Follows the cursor through all pages of notices of one taxpayer.
struct BridgeNoticeList: Sendable {
    /// More pages than any taxpayer has: a provider that never ends is a fault.
    private static let mostPages = 2_000

    let caller: BridgeCaller
    let request: FetchRequest
    let reporter: any FetchReporter

    /// What the list holds of one taxpayer.
    struct Found: Sendable {
        /// A notice with the bytes that it came in.
        struct Item: Sendable {
            var notice: BridgeNotice
            var record: WireRecord<BridgeNotice>
        }

        var notices: [Item] = []
        /// Records that are not understood, or lie in a place that this version does not know.
        var strays: Set<StrayRecord> = []
        /// Records that were read, with fields that this version does not know.
        var examples: [StrayRecord] = []
        /// How many of them stand for a notice of each place.
        var missing: [Place: Int] {
            Dictionary(grouping: strays.filter { !$0.isOfUnknownPlace }, by: \.place).mapValues(\.count)
        }
    }

    /// Every notice once, in the order of the list. Delivery is at least once; the highest version counts.
    func all() async throws(PortalFailure) -> Found {
        var strays: Set<StrayRecord> = []
        var order: [String] = []
        var notices: [String: Found.Item] = [:]
        var cursor: String?
        var unknown: Set<String> = []
        var examples: Set<StrayRecord> = []
        for _ in 0..<Self.mostPages {
            let page = try await page(after: cursor)
            let unknownHere = page.unknownFields
            let isNew = !unknown.isSuperset(of: unknownHere)
            unknown.formUnion(unknownHere)
            for record in page.payload.items {
                if isNew, let example = Self.example(record, unknownHere) { examples.insert(example) }
                guard let notice = record.row, Place(rawValue: notice.place) != nil else {
                    if let stray = try stray(record) { strays.insert(stray) }
                    continue
                }
                try check(notice.portal, notice.identity)
                if notices[notice.id] == nil { order.append(notice.id) }
                if notice.version >= notices[notice.id]?.notice.version ?? .min {
                    notices[notice.id] = Found.Item(notice: notice, record: record)
                }
            }
            guard page.payload.hasMore else {
                return Found(
                    notices: order.compactMap { notices[$0] }, strays: strays, examples: Self.oneOfEach(examples))
            }
            guard let next = page.payload.nextCursor, next != cursor else {
                throw PortalFailure(.portalChanged, "the provider's list of notices does not move on")
            }
            cursor = next
        }
        throw PortalFailure(.portalChanged, "the provider's list of notices does not end")
    }

    private func page(after cursor: String?) async throws(PortalFailure) -> WireJSON.Decoded<BridgeNoticePage> {
        let path = Bridge.Path.notices(of: request.login.identity, cursor: cursor, limit: 100)
        let call = BridgeCaller.Call(method: .get, path: path, deadline: request.deadline, maxResponseBytes: 64 << 20)
        return try await caller.decode(BridgeNoticePage.self, call)
    }

    /// One taxpayer's notice in another's list would be a breach of confidence; nothing of such a list is kept.
    private func check(_ portal: String?, _ name: String?) throws(PortalFailure) {
        let identity = request.login.identity
        guard portal ?? identity.portal.rawValue == identity.portal.rawValue, name ?? identity.text == identity.text
        else {
            throw PortalFailure(.portalChanged, "the provider's list holds a notice of another taxpayer")
        }
    }

    /// nil for a record of a place that was not asked for. One that names no known place belongs to the first.
    private func stray(_ record: WireRecord<BridgeNotice>) throws(PortalFailure) -> StrayRecord? {
        let value = try? JSONValue(record.raw)
        try check(value?["portal"]?.text, value?["identity"]?.text)
        let named = value?["place"]?.text
        let known = named.flatMap(Place.init(rawValue:))
        guard let place = known ?? request.places.first, request.places.contains(place) else { return nil }
        let odd = HarmlessText.line("\(StrayRecord.unknownPlace): \(named ?? "")", limit: 200)
        return StrayRecord(
            place: place, key: HarmlessText.line(value?["external_key"]?.text ?? "", limit: 200),
            problem: named == nil || known != nil ? "a notice of another shape" : odd, raw: record.raw)
    }

    /// A notice that was read, with the fields of the page that stand in it and that nobody knows.
    private static func example(_ record: WireRecord<BridgeNotice>, _ unknown: [String]) -> StrayRecord? {
        guard let notice = record.row, let place = Place(rawValue: notice.place) else { return nil }
        let own = JSONFieldNames.all(in: record.raw).intersection(unknown)
        return own.isEmpty
            ? nil
            : StrayRecord(
                place, key: notice.externalKey, newFields: own, example: record.raw)
    }

    private static func oneOfEach(_ examples: Set<StrayRecord>) -> [StrayRecord] {
        var seen: Set<[String]> = []
        return examples.filter { seen.insert([$0.place.rawValue, $0.problem]).inserted }
    }
}

extension StrayRecord {
    fileprivate static let unknownPlace = "a notice in a place that this version does not know"

    /// Says nothing of the place that it is kept under.
    fileprivate var isOfUnknownPlace: Bool { problem.hasPrefix(Self.unknownPlace) }
}
