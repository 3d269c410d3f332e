import Domain
import Foundation
import Services
import Wire

/// What firms draft: invoices and e-way bills as JSON, and sheets of invoices.
enum DocumentParsers {
    private static let day = LegalDate(dayNumber: 20_779)

    static let list: [FuzzParser] = [
        FuzzParser(name: "invoice.json", samples: AllParsers.bytes(DocumentSamples.invoices)) { bytes in
            let reading = InvoiceJSON.check(bytes, on: day)
            return try verdict(reading) { InvoiceJSON.read(InvoiceJSON.write($0)) }
        },
        FuzzParser(name: "ewaybill.json", samples: AllParsers.bytes([DocumentSamples.bill])) { bytes in
            let reading = EWayBillJSON.check(bytes, on: day)
            return try verdict(reading) { EWayBillJSON.read(EWayBillJSON.write($0)) }
        },
        FuzzParser(
            name: "drafts.csv", samples: AllParsers.bytes([DocumentSamples.sheet]),
            form: .text(words: [
                ",", ";", "\"", "\n", "\r\n", "\t", "GSTIN", "No", "sep=;", "1,00,000.00", "₹", "29-", "-",
            ]),
            gentle: 65, blind: 5, read: sheet),
    ]

    /// What was read is the same once it is written and read again, and whatever is said may be shown.
    private static func verdict<Value>(
        _ reading: DocumentReading<Value>, again: (Value) -> DocumentReading<Value>
    ) throws -> Verdict {
        try hold(reading.findings)
        guard let value = reading.value else {
            guard let last = reading.findings.last, last.severity == .error else {
                throw Broken("refused without a reason")
            }
            return .refused(last.rule)
        }
        guard again(value).value == value else { throw Broken("it is another once it is written and read again") }
        let rules = Set(reading.findings.map(\.rule)).sorted()
        return .accepted(rules.prefix(3).joined(separator: " "))
    }

    private static func hold(_ findings: [Finding]) throws {
        for finding in findings {
            guard !finding.problem.isEmpty, !finding.rule.isEmpty else { throw Broken("a finding says nothing") }
            guard finding.line.unicodeScalars.allSatisfy(HarmlessText.isHarmless) else {
                throw Broken("a finding carries a character that can harm a terminal")
            }
            guard finding.line.utf8.count < 8_192 else { throw Broken("a finding is endless") }
        }
    }

    @Sendable private static func sheet(_ bytes: [UInt8]) throws -> Verdict {
        let found: DraftSheet
        do throws(Complaint) {
            found = try DraftReader(on: day).read(Data(bytes), file: "drafts.csv")
        } catch {
            return .refused(error.what)
        }
        let all = found.findings + found.drafts.flatMap(\.findings)
        try hold(all)
        guard all.allSatisfy({ ($0.origin?.line ?? 0) >= 1 }) else { throw Broken("a finding without its line") }
        guard found.drafts.allSatisfy({ $0.lines.count == $0.invoice.items.count && !$0.lines.isEmpty }) else {
            throw Broken("items and lines are not one to one")
        }
        return .accepted(
            "\(PayloadReading.some(found.drafts.count)) drafts, \(Set(found.findings.map(\.rule)).sorted())")
    }
}
