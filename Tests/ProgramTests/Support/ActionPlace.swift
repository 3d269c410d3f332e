import Domain
import Foundation
import SampleDocuments
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

    private var documents: SampleDocuments { Self.samples(seller: seller, buyer: buyer) }

    static func samples(seller: String, buyer: String) -> SampleDocuments {
        let day = LegalDate.inIndia(Instant(seconds: Int64(Date().timeIntervalSince1970)))
        return SampleDocuments(seller: seller, buyer: buyer, day: day)
    }

    /// Ten steel boxes between states, of today in India.
    func invoice(_ number: String, total: String = "708.00") -> String {
        documents.invoice(number, total: total)
    }

    /// A challan of today for work by another firm.
    func challan(_ number: String) -> String {
        documents.bill(number)
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
