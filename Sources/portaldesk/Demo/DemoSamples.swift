import Domain
import Foundation
import Sandbox
import Services

/// Files to try the demo with: three invoices and an e-way bill of its invented businesses.
struct DemoSamples: Sendable {
    let home: Home
    let day: LegalDate

    /// Beside the workspace's own files; nothing reads it by itself.
    static func folder(_ home: Home) -> String { "\(home.path)/samples" }

    /// - Parameter world: whose first business sells to others in other states.
    func write(_ world: DemoWorld) throws(Complaint) {
        let parties = world.businesses.compactMap { business in
            (try? Gstin(business.gstin)).map { Party(gstin: $0.text, name: business.name) }
        }
        guard let seller = parties.first else { return }
        let buyers = parties.filter { $0.state != seller.state }.prefix(3)
        // A folder of invoices is read as a whole, so the bill lies beside it.
        let folder = Self.folder(home)
        let invoices = "\(folder)/invoices"
        do {
            try FileManager.default.createDirectory(atPath: invoices, withIntermediateDirectories: true)
            for (index, buyer) in buyers.enumerated() {
                let text = invoice("DEMO-\(index + 1)", from: seller, to: buyer, rupees: 600 * (index + 1))
                try Data(text.utf8).write(to: URL(fileURLWithPath: "\(invoices)/\(index + 1).json"))
            }
            let bill = SampleBill(gstin: try? Gstin(seller.gstin), day: day).text
            try Data(bill.utf8).write(to: URL(fileURLWithPath: "\(folder)/ewaybill.json"))
        } catch {
            throw Complaint(
                "the demo's samples cannot be written", why: "\(folder) cannot be filled", status: .inputOutput)
        }
    }

    private struct Party {
        let gstin, name: String
        var state: String { String(gstin.prefix(2)) }
        var pin: Int { Int(state).flatMap { StatePins.first(of: $0) } ?? 226_001 }
        var json: String {
            let shown = name.replacing("\\", with: "").replacing("\"", with: "")
            return """
                "Gstin":"\(gstin)","LglNm":"\(shown)","Addr1":"12 Market Road","Loc":"Example Town","Pin":\(pin),"Stcd":"\(state)"
                """
        }
    }

    /// Goods between states at 18 %; `rupees` before tax, a multiple of 50 so that the tax is whole.
    private func invoice(_ number: String, from seller: Party, to buyer: Party, rupees: Int) -> String {
        let (tax, date) = (rupees * 18 / 100, DocumentDate.text(day))
        return """
            {"Version":"1.1","TranDtls":{"TaxSch":"GST","SupTyp":"B2B","RegRev":"N"},
            "DocDtls":{"Typ":"INV","No":"\(number)","Dt":"\(date)"},
            "SellerDtls":{\(seller.json)},
            "BuyerDtls":{\(buyer.json),"Pos":"\(buyer.state)"},
            "ItemList":[{"SlNo":"1","PrdDesc":"Steel boxes","IsServc":"N","HsnCd":"732690","Qty":10,"Unit":"NOS",
            "UnitPrice":\(rupees / 10),"TotAmt":\(rupees).00,"AssAmt":\(rupees).00,"GstRt":18,"IgstAmt":\(tax).00,
            "TotItemVal":\(rupees + tax).00}],
            "ValDtls":{"AssVal":\(rupees).00,"IgstVal":\(tax).00,"TotInvVal":\(rupees + tax).00}}

            """
    }
}
