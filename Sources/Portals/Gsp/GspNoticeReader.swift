import Domain
import FoundationEssentials
import Wire

/// Reads GSTN's notices of one GSTIN: the list, then each detail with its documents.
struct GspNoticeReader: Sendable {
    private static let detailTries = 3

    let caller: GspCaller
    let session: GspSession
    let request: FetchRequest
    let reporter: any FetchReporter

    private var gstin: String { request.login.identity.text }
    private var span: GspNoticeSpan {
        GspNoticeSpan(caller.profile.gsp, since: request.since, asOf: request.asOf)
    }

    /// What could not be understood of the details, over all notices of one reading.
    private struct Oddities {
        var problems: [PortalFailure] = []
        /// Details that were set aside.
        var aside = 0
        /// New fields that an example was kept of.
        var told: Set<[String]> = []
    }

    /// - Throws: only `sessionExpired`, after which another session may go on, and what came of our own interruption.
    func read() async throws(PortalFailure) -> FetchReport {
        var readings: [PlaceReading] = []
        for place in request.places {
            guard place == .notices else {
                let reading = PlaceReading(
                    place: place, outcome: .skipped, cause: .noApiAccess, message: "this provider has no call for it")
                readings.append(reading)
                try await report(reading, [])
                continue
            }
            readings.append(try await notices())
        }
        return FetchReport(readings: readings)
    }

    /// What an interruption of ours left unread says nothing about the portal, so it is not reported as failed.
    private static func endsAll(_ failure: PortalFailure) -> Bool {
        failure.cause == .sessionExpired || Task.isCancelled
    }

    private func notices() async throws(PortalFailure) -> PlaceReading {
        do throws(PortalFailure) {
            let (rows, aside) = try await list()
            guard !rows.isEmpty || aside == 0 else {
                throw PortalFailure(
                    .portalChanged, "no notice of the list is understood; \(Counted.text(aside, "record")) set aside")
            }
            var facts: [NoticeFacts] = []
            var odd = Oddities()
            for (number, (row, raw)) in rows.enumerated() {
                guard ContinuousClock.now < request.deadline else {
                    throw PortalFailure(.portalTimeout, "the portal did not finish in the time allowed")
                }
                facts.append(try await detailed(row, raw, &odd))
                await reporter.progress(10 + 85 * (number + 1) / rows.count)
            }
            if odd.aside > 0, odd.aside == rows.count {
                odd.problems.append(PortalFailure(.portalChanged, "no detail of a notice is understood"))
            }
            return try await conclude(facts, odd.problems)
        } catch  where !Self.endsAll(error) {
            let reading = PlaceReading(
                place: .notices, outcome: .failed, cause: error.cause, message: error.message)
            await reporter.log(.error, "place", "notices: \(error.message)", detail: error.rawAnswer)
            try await report(reading, [])
            return reading
        }
    }

    /// What was read is stored also when something of it failed; then the place counts as failed and is read again.
    private func conclude(
        _ facts: [NoticeFacts], _ problems: [PortalFailure]
    ) async throws(PortalFailure) -> PlaceReading {
        var reading = PlaceReading(
            place: .notices, outcome: facts.isEmpty ? .empty : .read, count: facts.count,
            reachesBackTo: span.covered(by: facts.compactMap(\.issuedOn)))
        if let problem = problems.first {
            reading.outcome = .failed
            reading.cause = problem.cause
            reading.message = problem.message
        }
        try await report(reading, facts)
        return reading
    }

    /// - Returns: what was understood, and how many records were set aside.
    private func list() async throws(PortalFailure) -> (rows: [(GstnNoticeRow, raw: [UInt8])], aside: Int) {
        var rows: [(GstnNoticeRow, raw: [UInt8])] = []
        var seen: Set<String> = []
        var aside = 0
        var told: Set<[String]> = []
        for date in span.dates {
            guard ContinuousClock.now < request.deadline else {
                throw PortalFailure(.portalTimeout, "the portal did not finish in the time allowed")
            }
            for record in try await records(on: date) {
                let decoded: WireJSON.Decoded<GstnNoticeRow>
                do throws(WireJSON.Problem) {
                    decoded = try WireJSON.decode(GstnNoticeRow.self, from: record.bytes)
                } catch {
                    try await setAside(
                        StrayRecord(
                            place: .notices, key: HarmlessText.line(record["refId"]?.text ?? "", limit: 100),
                            problem: HarmlessText.line(error.message, limit: 200), raw: record.bytes))
                    aside += 1
                    continue
                }
                // Where the date means something else than we were told, each day brings the same list.
                guard !seen.contains(decoded.payload.refId) else { continue }
                rows.append((decoded.payload, record.bytes))
                try await keepExample(decoded.unknownFields, decoded.payload.refId, record.bytes, &told)
            }
            seen.formUnion(rows.map(\.0.refId))
        }
        return (rows, aside)
    }

    /// Of one call; none when GSTN says that there are none.
    private func records(on date: String) async throws(PortalFailure) -> [JSONValue] {
        let path = caller.path(.notices, ["gstin": gstin, "date": date])
        let json = try await caller.read(
            path, Gstn.Action.notices, session, request.login, deadline: request.deadline)
        guard let json else { return [] }
        guard let records = (try? JSONValue(json))?["notices"]?.list else {
            var failure = PortalFailure(.portalChanged, "the list of notices has an unknown shape")
            failure.rawAnswer = RawHead.block(json)
            throw failure
        }
        return records
    }

    /// One example of each set of fields that this version does not know.
    private func keepExample(
        _ fields: [String], _ key: String, _ raw: [UInt8], _ told: inout Set<[String]>
    ) async throws(PortalFailure) {
        guard !fields.isEmpty, told.insert(fields).inserted else { return }
        try await setAside(StrayRecord(.notices, key: key, newFields: fields, example: raw))
    }

    private func setAside(_ stray: StrayRecord) async throws(PortalFailure) {
        do {
            try await reporter.setAside(stray)
        } catch {
            throw PortalFailure(.internal, HarmlessText.line("a record could not be set aside: \(error)"))
        }
    }

    private func detailed(
        _ row: GstnNoticeRow, _ raw: [UInt8], _ odd: inout Oddities
    ) async throws(PortalFailure) -> NoticeFacts {
        var unread: [String] = []
        var facts = GstnNoticeReading(row, unread: &unread).facts
        if let stray = StrayRecord(facts, unread: unread, raw: raw) { try await setAside(stray) }
        do throws(PortalFailure) {
            guard let (detail, raw) = try await detail(row, &odd) else { return facts }
            unread = []
            GstnNoticeReading.add(detail, to: &facts, unread: &unread)
            if let stray = StrayRecord(facts, unread: unread, raw: raw) { try await setAside(stray) }
            for entry in (detail.maindocs ?? []) + (detail.suppdocs ?? []) {
                facts.documents.append(try await document(entry.dcupdtls, &odd.problems))
            }
        } catch  where !Self.endsAll(error) {
            odd.problems.append(error)
            await reporter.log(.error, "notice", "\(facts.reference): \(error.message)", detail: error.rawAnswer)
        }
        return facts
    }

    /// The list of documents is empty for some seconds while the portal prepares it, so an empty one is asked again.
    ///
    /// - Returns: nil where there is none, or none that is understood: then it was set aside.
    private func detail(
        _ row: GstnNoticeRow, _ odd: inout Oddities
    ) async throws(PortalFailure) -> (detail: GstnNoticeDetail, raw: [UInt8])? {
        let path = caller.path(.notice, ["gstin": gstin, "reference": row.refId])
        var random = caller.client.random
        for attempt in 1...Self.detailTries {
            let json = try await caller.read(
                path, Gstn.Action.noticeDetail, session, request.login, deadline: request.deadline)
            guard let json else { return nil }
            // Nothing can be set aside of an answer without a byte, so the place has failed and is read again.
            guard !json.isEmpty else {
                let reference = HarmlessText.line(row.refId, limit: 100)
                throw PortalFailure(.portalChanged, "the detail of \(reference) is empty")
            }
            let decoded: WireJSON.Decoded<GstnNoticeDetail>
            do throws(WireJSON.Problem) {
                decoded = try WireJSON.decode(GstnNoticeDetail.self, from: json)
            } catch {
                let said = "the detail of \(row.refId) is not understood: \(error.message)"
                odd.aside += 1
                try await setAside(
                    StrayRecord(
                        place: .notices, key: HarmlessText.line(row.refId, limit: 100),
                        problem: HarmlessText.line(said, limit: 200), raw: json))
                return nil
            }
            let detail = decoded.payload
            if detail.maindocs?.isEmpty != true || attempt == Self.detailTries {
                try await keepExample(decoded.unknownFields, row.refId, json, &odd.told)
                return (detail, json)
            }
            let wait = BackOff.call.fullJitter(failures: attempt, using: &random)
            do { try await caller.client.pause(wait) } catch { throw PortalFailure(.internal, "cancelled") }
        }
        return nil
    }

    private func document(
        _ entry: GstnNoticeDetail.Document.Entry, _ problems: inout [PortalFailure]
    ) async throws(PortalFailure) -> NoticeDocument {
        var kept = NoticeDocument(
            externalId: HarmlessText.line(entry.id, limit: 300), name: NoticeDocument.safeName(entry.docName),
            mediaType: HarmlessText.line(entry.ct ?? "application/octet-stream", limit: 100), byteCount: 0)
        let promised = entry.hash?.lowercased()
        if let promised, await reporter.hasDocument(sha256: promised) {
            kept.sha256 = promised
            return kept
        }
        do throws(PortalFailure) {
            let bytes = try await download(entry, promised)
            kept.byteCount = bytes.count
            kept.sha256 = ContentHash.sha256(bytes)
            do {
                try await reporter.store(document: kept, bytes: bytes)
            } catch {
                throw PortalFailure(.internal, HarmlessText.line("the document could not be stored: \(error)"))
            }
        } catch  where !Self.endsAll(error) {
            kept.sha256 = nil
            problems.append(error)
            await reporter.log(.error, "document", "\(kept.name): \(error.message)")
        }
        return kept
    }

    private func download(
        _ entry: GstnNoticeDetail.Document.Entry, _ promised: String?
    ) async throws(PortalFailure) -> [UInt8] {
        let path = caller.path(.document, ["gstin": gstin, "document": entry.id])
        let json = try await caller.read(
            path, Gstn.Action.noticeDocument, session, request.login, deadline: request.deadline)
        guard let json, let answer = try? WireJSON.decode(GstnDocument.self, from: json).payload,
            let bytes = Base64.bytes(answer.data)
        else { throw PortalFailure(.placeFailed, "the document could not be read") }
        guard promised == nil || promised == ContentHash.sha256(bytes) else {
            throw PortalFailure(.placeFailed, "the document's bytes do not fit the hash that GSTN names")
        }
        return bytes
    }

    private func report(_ reading: PlaceReading, _ facts: [NoticeFacts]) async throws(PortalFailure) {
        do {
            try await reporter.read(reading, notices: facts)
        } catch {
            throw PortalFailure(.internal, HarmlessText.line("what was read could not be stored: \(error)"))
        }
    }
}
