import Foundation
import Testing

/// A demo whose GSTIN may register invoices at the simulated portal, and invoices of today to register.
struct ActionPlace: Sendable {
    let place: Workplace
    let sandbox: SandboxProcess
    let seller: String
    let buyer: String

    static func with<T: Sendable>(
        faults: [String] = [], password: String? = nil, _ body: @Sendable (ActionPlace) async throws -> T
    ) async throws -> T {
        try await Workplace.withDemo { place in
            let sandbox = try await SandboxProcess.start(place, faults: faults)
            let lines = try String(contentsOfFile: sandbox.profile + "/accounts.jsonl", encoding: .utf8)
            let rows = try lines.split(separator: "\n").map { try JSONDecoder().decode(Row.self, from: Data($0.utf8)) }
            let irp = rows.filter { $0["system"] == .text("irp") && $0["outcome"] == .text("success") }
            let seller = try #require(irp.first { $0["identity"].text?.hasPrefix("09") == true })
            let buyer = try #require(irp.first { $0["identity"].text?.hasPrefix("29") == true })
            let gstin = try #require(seller["identity"].text)
            // The demo's own files find the sandbox by themselves; these name its port, as those of outsiders do.
            for name in ["irp.toml", "ewb.toml"] {
                let text = try Data(contentsOf: URL(fileURLWithPath: "\(sandbox.profile)/\(name)"))
                try text.write(to: URL(fileURLWithPath: "\(place.home)/providers/\(name)"))
            }
            if let password {
                try await place.run(
                    "einvoice", "user", "set", "--gstin", gstin, "--provider", "sandbox-irp", "--username",
                    try #require(seller["username"].text), "--password-file", "-", input: password
                ).expectStatus(0)
            }
            return try await body(
                ActionPlace(
                    place: place, sandbox: sandbox, seller: gstin, buyer: try #require(buyer["identity"].text)))
        }
    }

    /// Ten steel boxes between states, of today in India.
    func invoice(_ number: String, total: String = "708.00") -> String {
        Self.invoice(number, total: total, seller: seller, buyer: buyer)
    }

    static func invoice(_ number: String, total: String = "708.00", seller: String, buyer: String) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 19_800)
        format.dateFormat = "dd/MM/yyyy"
        return """
            {"Version":"1.1","TranDtls":{"TaxSch":"GST","SupTyp":"B2B","RegRev":"N"},
            "DocDtls":{"Typ":"INV","No":"\(number)","Dt":"\(format.string(from: Date()))"},
            "SellerDtls":{"Gstin":"\(seller)","LglNm":"Harihar & Co","Addr1":"12 Market Road","Loc":"Lucknow",
            "Pin":226001,"Stcd":"09"},
            "BuyerDtls":{"Gstin":"\(buyer)","LglNm":"Bela Stores","Pos":"29","Addr1":"4 Lake View",
            "Loc":"Bengaluru","Pin":560001,"Stcd":"29"},
            "ItemList":[{"SlNo":"1","PrdDesc":"Steel boxes","IsServc":"N","HsnCd":"732690","Qty":10,"Unit":"NOS",
            "UnitPrice":60,"TotAmt":600.00,"AssAmt":600.00,"GstRt":18,"IgstAmt":108.00,"TotItemVal":\(total)}],
            "ValDtls":{"AssVal":600.00,"IgstVal":108.00,"TotInvVal":\(total)}}
            """
    }

    /// Writes a file in the workplace and gives its path.
    func write(_ text: String, _ name: String) throws -> String {
        let path = "\(place.folder)/\(name)"
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// What the simulated registration portal holds.
    func registered() async throws -> [Row] {
        try await place.run("sandbox", "ledger", "--json").rows().filter { $0["kind"] == .text("irn") }
    }
}
