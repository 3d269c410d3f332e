import Domain
import Foundation
import Portals
import SampleDocuments
import Sandbox
import Secrets
import Store
import TestRoom
import Testing

@testable import Services

/// A workspace whose registration portal and e-way bill system are simulated, on a clock that tests move.
struct ActionHouse: Sendable {
    let place: Place
    let workspace: Workspace
    let server: SandboxServer
    let seller: Gstin
    let buyer: Gstin

    /// - Parameters:
    ///   - settle: what stands in the provider files instead of the sandbox's own; nil keeps that.
    ///   - more: further providers that keep the seller's user.
    ///   - requestSeconds: after which a request is given up; few where no answer will come.
    static func with<Result>(
        faults: [String] = [], settle: String? = nil, requestSeconds: Int = 60, more: [String] = [],
        _ body: (ActionHouse) async throws -> Result
    ) async throws -> Result {
        return try await TestRoom.with { () async throws -> Result in
            let place = try Place()
            let time = place.time
            var configuration = SandboxConfiguration(stateFolder: place.folder + "/sandbox", now: { time.now })
            configuration.pace = 0
            configuration.faults = try faults.map { try SandboxFault($0) }
            let server = SandboxServer(configuration)
            _ = try await server.start()
            do {
                var files: [String: String] = [:]
                let profiles = configuration.stateFolder + "/profiles"
                for name in try FileManager.default.contentsOfDirectory(atPath: profiles) {
                    let wanted =
                        ["irp.toml", "irp2.toml", "irp-enriched.toml", "ewb.toml"].contains(name)
                        || name.hasSuffix(".pem") || more.contains("sandbox-\(name.dropLast(5))")
                    guard wanted else { continue }
                    files[name] = try String(contentsOfFile: "\(profiles)/\(name)", encoding: .utf8)
                }
                for name in files.keys where name.hasSuffix(".toml") {
                    files[name] = Self.adapted(files[name] ?? "", settle, requestSeconds)
                }
                let workspace = try await place.workspace(providers: files)
                let house = ActionHouse(
                    place: place, workspace: workspace, server: server, seller: try Gstin(WorkHouse.gst.text),
                    buyer: try #require(
                        server.world.businesses.map(\.gstin).first { $0.hasPrefix("29") }.map { try Gstin($0) }))
                try await house.keepUsers(of: house.seller, more)
                let result = try await body(house)
                workspace.close()
                await server.stop()
                return result
            } catch {
                await server.stop()
                throw error
            }
        }
    }

    private static func adapted(_ text: String, _ settle: String?, _ requestSeconds: Int) -> String {
        var lines: [Substring] = []
        var section = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("[") { section = String(line) }
            if section == "[settle]", settle != nil, !line.hasPrefix("[") { continue }
            if section == "[timeouts]", line.hasPrefix("request_s") {
                lines.append("request_s = \(requestSeconds)")
                continue
            }
            lines.append(line)
            if line == "[settle]", let settle { lines += settle.split(separator: "\n") + [""] }
        }
        return lines.joined(separator: "\n")
    }

    /// Keeps the users that the simulated systems know of a GSTIN.
    func keepUsers(of gstin: Gstin, _ more: [String] = []) async throws {
        let profiles = place.folder + "/sandbox/profiles"
        let text = try String(contentsOfFile: "\(profiles)/accounts.jsonl", encoding: .utf8)
        for line in text.split(separator: "\n") {
            let row = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            guard let system = row["system"] as? String, ["irp", "ewb"].contains(system),
                row["identity"] as? String == gstin.text, let user = row["username"] as? String,
                let password = row["password"] as? String
            else { continue }
            let usual = system == "irp" ? ["sandbox-irp", "sandbox-irp2"] : ["sandbox-ewb"]
            for provider in usual + more.filter({ $0.hasPrefix("sandbox-\(system)") }) {
                try await workspace.apiUsers.set(
                    gstin, provider: provider, name: user, password: SecretBytes(utf8: password))
            }
        }
    }

    var documents: SampleDocuments {
        SampleDocuments(seller: seller.text, buyer: buyer.text, day: LegalDate.inIndia(place.time.now))
    }

    /// An invoice of today from seller to buyer, between states.
    func invoice(_ number: String = "GE-7", total: String = "708.00") -> [UInt8] {
        Array(documents.invoice(number, total: total).utf8)
    }

    /// A challan of goods for work by another firm, from its own maker.
    func challan(_ number: String = "DC-7", total: String = "1180") -> [UInt8] {
        Array(documents.bill(number, total: total).utf8)
    }

    /// A bill of 201 km that stands, made by its IRN: the e-way bill system itself was asked for nothing yet.
    func bill(_ number: String = "GE-7") async throws -> KeptBill {
        let invoice = try await workToTheEnd(try await generate(number).id)
        var request = EWayBillByIrn()
        request.irn = invoice.reference
        (request.transport.distance, request.transport.mode) = (201, TransportMode.road.rawValue)
        (request.transport.vehicleNumber, request.transport.vehicleType) = ("UP32AB1234", VehicleKind.regular.rawValue)
        let end = try await workToTheEnd(try await workspace.eWayBills.generate(request).id)
        return try await workspace.eWayBills.kept(try #require(end.reference, "\(end.message)"))
    }

    func generate(_ number: String = "GE-7") async throws -> PortalOperation {
        try await workspace.eInvoices.generate(invoice(number), provider: "sandbox-irp")
    }

    func work() async throws {
        try await SyncWorker(workspace, options: .init(untilIdle: true, concurrency: 4)).run()
    }

    /// Works and lets the time pass until nothing more happens by itself.
    func workToTheEnd(_ id: OperationId) async throws -> PortalOperation {
        for _ in 0..<60 {
            try await work()
            let operation = try await workspace.operations.dossier(id).operation
            guard let next = operation.nextStepAt, !operation.state.isFinished else { return operation }
            place.time.advance(max(next.since(place.time.now), .seconds(1)))
        }
        return try await workspace.operations.dossier(id).operation
    }

    /// Lets a provider file name an address where nobody answers, or the sandbox's again.
    func move(_ file: String, isAway: Bool) throws {
        let path = "\(place.home.providers)/\(file)"
        let kept = place.folder + "/" + file
        if !isAway {
            let text = try String(contentsOfFile: kept, encoding: .utf8)
            return try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.write(toFile: kept, atomically: true, encoding: .utf8)
        let moved = text.replacing(#/127\.0\.0\.1:\d+/#, with: "127.0.0.1:1")
        try #require(moved != text)
        try moved.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// Registers at a portal what no operation of this house knows of, as other software does.
    func registerElsewhere(_ number: String, through provider: String) async throws -> ActionAnswer {
        try await tellElsewhere(.einvoiceGenerate, invoice(number), through: provider)
    }

    /// Asks a portal for what no operation of this house knows of.
    func tellElsewhere(
        _ kind: OperationKind, _ payload: [UInt8], through provider: String, by gstin: Gstin? = nil
    ) async throws -> ActionAnswer {
        let gstin = gstin ?? seller
        let connections = ActionConnections(workspace: workspace, connectors: try Connectors(workspace: workspace))
        let connector = try await connections.connection(provider).connector
        let user = try #require(try await workspace.apiUsers.open(gstin, provider: provider))
        return await connector.send(
            ActionOrder(
                kind: kind, gstin: gstin, user: user, payload: payload,
                deadline: .now + .seconds(60)))
    }

    /// All that is known of an operation, for a test that failed.
    func story(_ id: OperationId) async throws -> String {
        let dossier = try await workspace.operations.dossier(id)
        let attempts = dossier.attempts.map { attempt in
            "\(attempt.number) \(attempt.purpose) \(attempt.event?.rawValue ?? "open") \(attempt.code ?? "") \(attempt.message)"
        }
        let operation = dossier.operation
        return (["\(operation.state) \(operation.message)"] + attempts).joined(separator: "\n")
    }

    /// What the simulated authorities hold.
    func ledger(_ kind: String) throws -> [LedgerRow] {
        try SandboxLedger.read(server.configuration.stateFolder).filter { $0.kind == kind }
    }
}
