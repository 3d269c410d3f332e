import Domain

@testable import Wire

/// What NIC's answers hold once they are opened.
enum NicResultParsers {
    static let list: [FuzzParser] = [
        parser("irn", NicSamples.registered) { bytes throws(WireJSON.Problem) in
            let result = try IrnResult(bytes)
            return "\(result.status?.rawValue ?? "none"), ack \(result.ackAt != nil), bill \(result.eWayBill != nil)"
        },
        parser("bill", NicSamples.bill) { bytes throws(WireJSON.Problem) in
            let bill = try EwbResult(bytes)
            return "made \(bill.madeAt != nil), valid \(bill.validUntil != nil)"
        },
        parser("change", NicSamples.change) { bytes throws(WireJSON.Problem) in
            let change = try EwbChange(bytes)
            return "number \(change.number != nil), at \(change.at != nil), valid \(change.validUntil != nil)"
        },
        parser("detail", NicSamples.detail) { bytes throws(WireJSON.Problem) in
            let detail = try EwbDetail(bytes)
            return "total \(detail.total != nil), vehicles \(detail.vehicles.count), items \(detail.itemCount), "
                + "trips \(detail.vehicles.count { $0.consolidated != nil })"
        },
        parser("consolidated", NicSamples.consolidated) { bytes throws(WireJSON.Problem) in
            "at \(try EwbConsolidated(bytes).madeAt != nil)"
        },
        parser("qr", NicSamples.qr) { bytes throws(WireJSON.Problem) in
            guard let claims = try? SignedFacts(verified: bytes) else { throw WireJSON.Problem("no claims") }
            return "total \(claims.total != nil), date \(claims.documentDate != nil), at \(claims.registeredAt != nil)"
        },
        parser("invoice", NicSamples.invoice) { bytes throws(WireJSON.Problem) in
            guard let facts = try? SignedFacts(verified: bytes) else { throw WireJSON.Problem("no facts") }
            return "total \(facts.total != nil), date \(facts.documentDate != nil), items \(facts.itemCount ?? 0)"
        },
    ]

    private static func parser(
        _ name: String, _ sample: String, _ read: @escaping @Sendable ([UInt8]) throws(WireJSON.Problem) -> String
    ) -> FuzzParser {
        FuzzParser(name: "nic.\(name)", samples: AllParsers.bytes([sample]), gentle: 65) { bytes in
            do throws(WireJSON.Problem) {
                return .accepted(try read(bytes))
            } catch {
                return .refused(error.message)
            }
        }
    }
}
