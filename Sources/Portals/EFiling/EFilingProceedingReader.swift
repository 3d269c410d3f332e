import Domain
import Transport
import Wire

/// Reads one of the four lists of e-Proceedings with all that hangs on it: notices, documents, replies, closing orders.
struct EFilingProceedingReader: Sendable {
    private static let pageSize = 50
    /// A list longer than this is a list that never ends.
    private static let mostPages = 400

    let session: EFilingSession
    let user: String
    let files: EFilingFiles
    let reporter: any FetchReporter
    let place: Place
    /// What earlier fetches brought.
    let known: EFilingKnown

    /// - Throws: when the list itself could not be read. What hangs on it and could not be read stands in the findings.
    func read() async throws(PortalFailure) -> EFilingFindings {
        var findings = EFilingFindings()
        let rows = try await list(&findings)
        findings.listed = Set(rows.compactMap { $0.proceedingReqId?.filled })
        for row in rows {
            await read(row, &findings)
            if await session.ending != nil { break }
        }
        return findings
    }

    // MARK: The list

    private func list(_ findings: inout EFilingFindings) async throws(PortalFailure) -> [EFilingProceeding] {
        var known: Set<String> = []
        var result: [EFilingProceeding] = []
        for page in 1...Self.mostPages {
            let records = try await self.page(page)
            var isNew = false
            for record in records {
                guard let row = record.row, let id = row.proceedingReqId?.filled else {
                    await files.setAside(place, "", "a proceeding without a number", record.raw, &findings)
                    continue
                }
                guard known.insert(id).inserted else { continue }
                isNew = true
                result.append(row)
            }
            guard records.count >= Self.pageSize else { return result }
            guard isNew else { throw PortalFailure(.portalChanged, "the list repeats its pages instead of ending") }
        }
        throw PortalFailure(.portalChanged, "the list does not end after \(Self.mostPages) pages")
    }

    private func page(_ number: Int) async throws(PortalFailure) -> [WireRecord<EFilingProceeding>] {
        var asked = EFilingRequest(.proceedings, form: EFiling.Form.proceedings)
        asked.pan = user
        asked.prcdngStatusFlag = place == .selfFya || place == .thirdPartyFya ? "FYA" : "FYI"
        asked.prcdngTypeFlag = place == .selfFya || place == .selfFyi ? "self" : "thirdParty"
        asked.pageConfig = .init(pageSize: Self.pageSize, pageNo: number)
        let answer = try await session.decode(EFilingProceedings.self, try .asking(.proceedings, asked))
        guard let rows = answer.eProceedingPaginatedRequests else {
            throw PortalFailure(.portalChanged, "the answer of \(EFiling.Service.proceedings.rawValue) has no list")
        }
        return rows
    }

    // MARK: One proceeding

    func read(_ row: EFilingProceeding, isListed: Bool = true, _ findings: inout EFilingFindings) async {
        let id = row.proceedingReqId?.filled ?? ""
        do throws(PortalFailure) {
            let notices = try await notices(of: row, id)
            if notices.isEmpty, (row.viewNoticeCount?.number ?? 0) > 0 {
                throw PortalFailure(.placeFailed, "the notices of proceeding \(HarmlessText.line(id)) were not shown")
            }
            for notice in notices {
                await read(notice, row, id, &findings)
                if await session.ending != nil { return }
            }
        } catch {
            await note(error, "proceeding \(id)", &findings)
            if await session.ending != nil { return }
        }
        guard !isListed || row.proceedingStatus == "C" || row.proceedingClosureOrder?.filled != nil else { return }
        await readOrders(row, id, &findings)
    }

    private func notices(
        of row: EFilingProceeding, _ id: String
    ) async throws(PortalFailure) -> [WireRecord<EFilingNotice>] {
        var asked = EFilingRequest(.notices, form: EFiling.Form.proceedings)
        asked.proceedingReqId = id
        asked.pan = row.pan ?? user
        return try await session.decode(EFilingNotices.self, try .asking(.proceedings, asked)).rows
    }

    private func read(
        _ record: WireRecord<EFilingNotice>, _ row: EFilingProceeding, _ id: String,
        _ findings: inout EFilingFindings
    ) async {
        guard let notice = record.row, var reading = EFilingNoticeReading(notice, in: row, place: place, user: user)
        else {
            return await files.setAside(place, id, "a notice with neither DIN nor number", record.raw, &findings)
        }
        if let sequence = notice.headerSeqNo?.filled {
            let mark = EFilingMark.notice(record.raw, sequence, in: row, today: known.today)
            if let before = known.notice(reading.facts.externalKey), before.particulars.mark == mark,
                await isWhole(before)
            {
                reading.takeOver(before)
            } else {
                await readWhole(&reading, sequence, row, id, mark, &findings)
            }
        } else {
            await files.setAside(
                place, reading.facts.externalKey, "a notice without the number that its documents need", record.raw,
                &findings)
        }
        await files.setAside(reading.facts, unread: reading.problems, record.raw, &findings)
        findings.facts.append(reading.facts)
    }

    /// Letters and replies of one notice, with their files.
    private func readWhole(
        _ reading: inout EFilingNoticeReading, _ sequence: String, _ row: EFilingProceeding, _ id: String,
        _ mark: String, _ findings: inout EFilingFindings
    ) async {
        let (name, before) = (reading.facts.reference, findings.problems.count)
        do throws(PortalFailure) {
            let set = try await documentSet(sequence, id)
            reading.facts.documents += await files.fetch(set, of: name, &findings)
        } catch {
            await note(error, name, &findings)
        }
        do throws(PortalFailure) {
            let replies = try await replies(sequence, row, id, &findings)
            reading.apply(replies.map(EFilingNoticeReading.reply))
            reading.facts.documents += await files.fetch(Self.attachments(replies), of: name, &findings)
        } catch {
            await note(error, name, &findings)
            // What could not be read takes nothing away: a notice that was replied to does not look open for it.
            reading.apply(known.notice(reading.facts.externalKey)?.particulars.replies ?? [])
            reading.facts.unread.insert(.particulars)
        }
        reading.facts.particulars.leftOut = reading.facts.documents.map(\.externalId).filter(findings.leftOut.contains)
        if findings.problems.count == before { reading.facts.particulars.mark = mark }
    }

    /// Whether the bytes of all its documents are stored, but for those that are left at the portal.
    func isWhole(_ facts: NoticeFacts) async -> Bool {
        for document in facts.documents where !facts.particulars.leftOut.contains(document.externalId) {
            if await reporter.storedDocument(externalId: document.externalId) == nil { return false }
        }
        return true
    }

    /// Portals answer with an empty set while they still prepare it: asked again after 2, 4 and 6 seconds.
    private func documentSet(_ sequence: String, _ id: String) async throws(PortalFailure) -> [EFilingFiles.Wanted] {
        var asked = EFilingRequest(.letter)
        asked.headerSeqNo = sequence
        asked.procdngReqId = id
        asked.loggedInUserId = user
        let call = try EFilingCaller.Call.asking(.letters, asked)
        for seconds in [2, 4, 6, 0] {
            let letter = try await session.decode(EFilingLetter.self, call)
            let set = EFilingFiles.Wanted.set(letter)
            if !set.isEmpty { return set }
            if seconds > 0 { try await files.caller.wait(.seconds(seconds)) }
        }
        throw PortalFailure(.placeFailed, "the documents of a notice are not ready yet")
    }

    private func replies(
        _ sequence: String, _ row: EFilingProceeding, _ id: String, _ findings: inout EFilingFindings
    ) async throws(PortalFailure) -> [EFilingReply] {
        var asked = EFilingRequest(.replies, form: EFiling.Form.proceedings)
        asked.headerSeqNo = sequence
        asked.pan = row.pan ?? user
        let answer = try await session.decode(EFilingReplies.self, try .asking(.proceedings, asked))
        guard let records = answer.respRemrkAttLst else {
            throw PortalFailure(.portalChanged, "the answer of \(EFiling.Service.replies.rawValue) has no list")
        }
        for record in records {
            if record.row == nil {
                await files.setAside(place, id, "a reply of another shape", record.raw, &findings)
            } else if let day = record.row?.submittedOn, day.filled != nil, EFilingDates.date(day) == nil {
                await files.setAside(place, id, "a reply whose submittedOn is no date", record.raw, &findings)
            } else if record.row?.attachmentLst?.contains(where: { $0.docId?.filled == nil }) == true {
                await files.setAside(place, id, "a reply with a file that has no number", record.raw, &findings)
            }
        }
        return records.compactMap(\.row).filter(\.meansSomething)
    }

    private static func attachments(_ replies: [EFilingReply]) -> [EFilingFiles.Wanted] {
        replies.flatMap { reply in
            let date = EFilingDates.date(reply.submittedOn).map { " \($0)" } ?? ""
            return (reply.attachmentLst ?? []).compactMap { attachment -> EFilingFiles.Wanted? in
                guard let id = attachment.docId?.filled else { return nil }
                let name = attachment.attachmentName ?? "attachment"
                return EFilingFiles.Wanted(id: id, name: "Reply\(date) - \(name)", keepsName: true)
            }
        }
    }

    func note(_ failure: PortalFailure, _ name: String, _ findings: inout EFilingFindings) async {
        findings.problems.append(failure)
        await reporter.log(
            .error, "notice", HarmlessText.line("\(name): \(failure.message)"), detail: failure.rawAnswer)
    }
}
