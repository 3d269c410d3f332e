import Domain
import Transport
import Wire

// What ended a proceeding, and what is left of one that the portal no longer lists.
extension EFilingProceedingReader {
    /// Asks once for what a proceeding that left the lists still holds: its notices and its closing orders.
    func read(vanished one: EFilingVanished) async -> EFilingFindings {
        await reporter.log(
            .info, "proceeding", "\(HarmlessText.line(one.id)) is in no list any more; asked for by its number")
        var findings = EFilingFindings()
        await read(one.row, isListed: false, &findings)
        let verdict = one.verdict(findings.problems, today: known.today)
        if verdict == .unread { return findings }
        // The place is not failed by what it no longer lists.
        findings.problems = []
        let found = Set(findings.facts.map(\.externalKey))
        let isClosed = findings.facts.contains { $0.externalKey.hasPrefix(EFilingOrderReading.keyPrefix) }
        findings.facts += one.known.filter { !found.contains($0.externalKey) }
        for index in findings.facts.indices {
            findings.facts[index].particulars.mark =
                verdict == .strange ? EFilingMark.strange(on: known.today) : EFilingMark.vanished
            let isOrder = findings.facts[index].externalKey.hasPrefix(EFilingOrderReading.keyPrefix)
            if isOrder {
                if findings.facts[index].period.isEmpty { findings.facts[index].period = one.known.first?.period ?? "" }
            } else if isClosed {
                (findings.facts[index].state, findings.facts[index].rawState) = (.closed, "Closed")
            }
        }
        return findings
    }

    func readOrders(_ row: EFilingProceeding, _ id: String, _ findings: inout EFilingFindings) async {
        let mark = EFilingMark.orders(row)
        // Without the number of a closing order in the list another one may have come unseen.
        if row.proceedingClosureOrder?.filled != nil, let before = await unchangedOrders(of: id, mark) {
            findings.facts += before
            return
        }
        let (problems, first) = (findings.problems.count, findings.facts.count)
        do throws(PortalFailure) {
            var asked = EFilingRequest(.closure, form: EFiling.Form.proceedings)
            asked.procdngReqId = id
            asked.loggedInUserId = user
            let answer = try await session.decode(EFilingClosure.self, try .asking(.proceedings, asked))
            var documents: [EFilingClosureDocument] = []
            for record in answer.satDocDetlList ?? [] {
                guard let document = record.row, document.satDocId?.filled != nil else {
                    await files.setAside(place, id, "a closing order without a number", record.raw, &findings)
                    continue
                }
                documents.append(document)
            }
            if documents.isEmpty, answer.satDocId?.filled != nil {
                documents = [EFilingClosureDocument(satDocId: answer.satDocId, docNam: answer.docNam)]
            }
            for document in documents {
                guard let order = document.satDocId?.filled else { continue }
                var facts = EFilingOrderReading.facts(document, order, in: row, place: place)
                let wanted = EFilingFiles.Wanted(id: order, name: document.docNam ?? "Order.pdf")
                facts.documents = await files.fetch([wanted], of: facts.reference, &findings)
                facts.particulars.leftOut = facts.documents.map(\.externalId).filter(findings.leftOut.contains)
                findings.facts.append(facts)
            }
        } catch {
            await note(error, "closing order of \(id)", &findings)
        }
        guard findings.problems.count == problems else { return }
        for index in findings.facts.indices.dropFirst(first) { findings.facts[index].particulars.mark = mark }
    }

    private func unchangedOrders(of id: String, _ mark: String) async -> [NoticeFacts]? {
        let orders = known.orders(of: id)
        guard !orders.isEmpty, orders.allSatisfy({ $0.particulars.mark == mark }) else { return nil }
        for order in orders where await !isWhole(order) { return nil }
        return orders.map { order in
            var order = order
            order.place = place
            return order
        }
    }
}
