import ArgumentParser
import Domain
import Foundation
import Services

struct EWayBillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ewaybill", abstract: "E-way bills: made and changed once, each with its evidence.",
        subcommands: [
            Generate.self, Vehicle.self, Extend.self, Cancel.self, Transporter.self,
            EWayBillConsolidate.self, Show.self, EWayBillGet.self, EWayBillList.self, EWayBillTemplate.self,
        ])

    struct Generate: BillAction {
        static let configuration = CommandConfiguration(
            abstract: "Make a bill: from a file, or for a registered invoice by its IRN.")
        @Argument(
            help: ArgumentHelp(
                "The bill as the e-way bill system takes it, JSON; with --irn the request for it, as for an export: Distance, "
                    + "TransMode, ExpShipDtls, DispDtls."))
        var file: String?
        @Option(name: .long, help: "Of an invoice that is registered and kept here.") var irn: String?
        @Option(name: .long, help: "Kilometres, with --irn; 0 lets the portal work it out.") var distance: Int?
        @Option(name: .long, help: "The transporter's GSTIN or TRANSIN, with --irn.") var transporter: String?
        @Option(name: .long, help: "The transporter's name, with --irn.") var transporterName: String?
        @OptionGroup var transport: TransportOptions
        @OptionGroup var options: BillActionOptions

        enum Asked: Sendable { case file([UInt8]), irn(EWayBillByIrn) }

        func asked() throws(Complaint) -> Asked {
            guard let irn else {
                guard let file else { throw Complaint("a file or --irn is needed", status: .usage) }
                return .file(try EInvoiceCommand.bytes(file))
            }
            var request =
                try file.map { path throws(Complaint) in
                    try EWayBillService.request(try EInvoiceCommand.bytes(path))
                } ?? EWayBillByIrn()
            request.irn = irn.lowercased()
            var details = try transport.details()
            (details.distance, details.transporterId, details.transporterName) = (
                distance, transporter, transporterName
            )
            details.proposeVehicleType()
            if file == nil { request.transport = details }
            guard file == nil || details == TransportDetails() else {
                throw Complaint(
                    "how the goods go stands in the file", remedy: "Leave out the options beside --irn", status: .usage)
            }
            return .irn(request)
        }

        func submit(_ asked: Asked, _ bills: EWayBillService) async throws(Complaint) -> PortalOperation {
            switch asked {
            case .file(let bytes):
                try await requireInOrder(bytes, bills)
                return try await bills.generate(bytes, provider: options.provider)
            case .irn(let request): return try await bills.generate(request, provider: options.provider)
            }
        }

        func plan(_ asked: Asked, _ bills: EWayBillService) async throws(Complaint) -> ActionPlan {
            switch asked {
            case .file(let bytes):
                try await requireInOrder(bytes, bills)
                return try await bills.plan(bytes, provider: options.provider)
            case .irn(let request): return try await bills.plan(request, provider: options.provider)
            }
        }

        /// Every mistake at once, as `einvoice check` tells those of an invoice.
        private func requireInOrder(_ bytes: [UInt8], _ bills: EWayBillService) async throws(Complaint) {
            let found = try await bills.findings(bytes)
            guard !found.allowSending else {
                return Warnings.tell(found.map { (source: file ?? "", finding: $0) })
            }
            try FindingRow.print(found.map { FindingRow($0, of: file ?? "") }, options.output)
            throw Complaint(
                "the bill is not made",
                why: "the system would refuse it: \(Counted.text(found.count { $0.severity == .error }, "mistake"))",
                remedy: "Mend the file; `portaldesk ewaybill template` prints one that is in order", status: .badData)
        }
    }

    struct Vehicle: BillChange {
        static let configuration = CommandConfiguration(
            abstract: "Enter Part B: the vehicle, or the document of another means of transport.")
        @Argument(help: "The bill's 12 digits.") var number: Int
        @OptionGroup var transport: TransportOptions
        @OptionGroup var from: FromOptions
        @Option(name: .long, help: "1 break-down, 2 trans-shipment, 3 others, 4 first time.") var reason: String
        @Option(name: .long, help: "Why, in at most 50 characters.") var remark: String?
        @OptionGroup var asker: BillAsker
        @OptionGroup var options: BillActionOptions

        func asked() throws(Complaint) -> EWayBillChange {
            var request = VehicleUpdate()
            (request.number, request.transport) = (number, try transport.details())
            (request.fromPlace, request.fromState) = (from.fromPlace, from.fromState)
            (request.reason, request.remark) = (reason, remark)
            request.transport.proposeVehicleType()
            return .vehicle(request)
        }
    }

    struct Extend: BillChange {
        static let configuration = CommandConfiguration(
            abstract: "Extend a bill: from 8 hours before its end to 8 hours after it.")
        @Argument(help: "The bill's 12 digits.") var number: Int
        @Option(name: .long, help: "Kilometres that are left.") var distance: Int
        @OptionGroup var transport: TransportOptions
        @OptionGroup var from: FromOptions
        @Option(name: .long, help: "PIN of where the goods are.") var fromPin: Int
        @Option(name: .long, help: "1 natural calamity, 2 law and order, 4 trans-shipment, 5 accident, 99 others.")
        var reason: String
        @Option(name: .long, help: "Why, in at most 50 characters.") var remark: String
        @Option(name: .long, help: "The goods stand still: R on the road, W in a warehouse, O elsewhere.")
        var inTransit: String?
        @Option(name: .long, help: "Where they stand, with --in-transit; up to three lines.") var address: [String] = []
        @OptionGroup var asker: BillAsker
        @OptionGroup var options: BillActionOptions

        func asked() throws(Complaint) -> EWayBillChange {
            var request = EWayBillExtension()
            (request.number, request.transport) = (number, try transport.details())
            request.transport.distance = distance
            (request.fromPlace, request.fromState, request.fromPin) = (from.fromPlace, from.fromState, fromPin)
            (request.reason, request.remark) = (reason, remark)
            request.consignmentStatus = inTransit == nil ? "M" : "T"
            request.transitType = inTransit
            if inTransit != nil { request.transport.mode = TransportMode.inTransit.rawValue }
            let lines = address + Array(repeating: "", count: 3)
            if !lines[0].isEmpty { request.address1 = lines[0] }
            if !lines[1].isEmpty { request.address2 = lines[1] }
            if !lines[2].isEmpty { request.address3 = lines[2] }
            return .extend(request)
        }
    }

    struct Cancel: BillChange {
        static let configuration = CommandConfiguration(abstract: "Take a bill back, within 24 hours.")
        @Argument(help: "The bill's 12 digits.") var number: Int
        @Option(name: .long, help: "1 duplicate, 2 order cancelled, 3 data entry mistake, 4 others.") var reason: String
        @Option(name: .long, help: "Why, in at most 50 characters.") var remark: String?
        @OptionGroup var asker: BillAsker
        @OptionGroup var options: BillActionOptions

        func asked() throws(Complaint) -> EWayBillChange {
            var request = EWayBillCancellation()
            (request.number, request.reason, request.remark) = (number, reason, remark)
            return .cancel(request)
        }
    }

    struct Transporter: BillChange {
        static let configuration = CommandConfiguration(abstract: "Hand a bill to another transporter.")
        @Argument(help: "The bill's 12 digits.") var number: Int
        @Option(name: .long, help: "The transporter's GSTIN or TRANSIN.") var to: String
        @OptionGroup var asker: BillAsker
        @OptionGroup var options: BillActionOptions

        func asked() throws(Complaint) -> EWayBillChange {
            var request = TransporterUpdate()
            (request.number, request.transporterId) = (number, to)
            return .transporter(request)
        }
    }

    struct Show: Performable {
        static let configuration = CommandConfiguration(
            abstract: "A bill as it is kept: until when it holds, and what was done to it.")
        @Argument(help: "The bill's 12 digits.") var number: String
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let number, gstin, title, state: String
            @OrNull var made_at: String?
            @OrNull var valid_until: String?
            @OrNull var expected_until: String?
            @OrNull var consolidated: String?
            let validity_differs: Bool
            let operation: String
            let changes: Int

            init(_ bill: KeptBill, _ standing: EWayBillStanding) {
                number = bill.number
                gstin = bill.gstin.text
                title = bill.made.title
                state = standing.rawValue
                made_at = bill.madeAt.map(TimeText.rfc3339)
                valid_until = bill.validUntil.map(TimeText.rfc3339)
                expected_until = bill.expectedUntil.map(TimeText.rfc3339)
                consolidated = bill.consolidated
                validity_differs = bill.isAgainstRule
                operation = bill.made.id.text
                changes = bill.changes.count
            }
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let bill = try await workspace.eWayBills.kept(number)
            let standing = bill.standing(at: workspace.now, soon: workspace.eWayBills.soon)
            let row = Row(bill, standing)
            try Rows(json: output.json).print(
                [row], header: ["NUMBER", "STATE", "VALID UNTIL", "MADE", "GSTIN", "DOCUMENT"]
            ) {
                [
                    $0.number, standing.title, workspace.shown(bill.validUntil),
                    workspace.shown(bill.madeAt), $0.gstin, $0.title,
                ]
            }
            if row.validity_differs {
                Messages.line("By the rule it would hold until \(workspace.shown(bill.expectedUntil)).")
            }
            if !output.json, let consolidated = bill.consolidated {
                Messages.line("It goes on in consolidated bill \(consolidated).")
            }
            if !output.json, let shown = bill.shown {
                Messages.line("\(shown.provider) was asked for it on \(workspace.shown(shown.readAt)).")
            }
            if !output.json, !bill.changes.isEmpty { try OperationRow.print(bill.changes, workspace, output) }
            return .done
        }
    }
}

/// How goods are carried.
struct TransportOptions: ParsableArguments {
    @Option(name: .long, help: "road, rail, air or ship; road where a vehicle is named.") var mode: String?
    @Option(name: .long, help: "The vehicle's number.") var vehicle: String?
    @Option(name: .long, help: "regular, or odc for over-dimensional cargo; regular by itself.") var vehicleType:
        String?
    @Option(name: [.long, .customLong("transport-doc")], help: "Number of the transport document.")
    var documentNumber: String?
    @Option(
        name: [.long, .customLong("transport-doc-date")], help: "Day of the transport document, YYYY-MM-DD.")
    var documentDate: String?

    func details() throws(Complaint) -> TransportDetails {
        var details = TransportDetails()
        if let mode {
            let names = ["road": TransportMode.road, "rail": .rail, "air": .air, "ship": .ship]
            guard let found = names[mode.lowercased()] ?? TransportMode(rawValue: mode) else {
                throw Complaint("--mode must be road, rail, air or ship", status: .usage)
            }
            details.mode = found.rawValue
        }
        if let vehicleType {
            let names = ["regular": VehicleKind.regular, "odc": .overDimensional]
            guard let found = names[vehicleType.lowercased()] ?? VehicleKind(rawValue: vehicleType.uppercased()) else {
                throw Complaint("--vehicle-type must be regular or odc", status: .usage)
            }
            details.vehicleType = found.rawValue
        }
        if let documentDate {
            guard let day = LegalDate(documentDate) else {
                throw Complaint("--document-date must be YYYY-MM-DD", status: .usage)
            }
            details.documentDate = DocumentDate.text(day)
        }
        details.vehicleNumber = vehicle
        details.documentNumber = documentNumber
        // A vehicle goes by road unless somebody says otherwise.
        if vehicle != nil, mode == nil { details.mode = TransportMode.road.rawValue }
        return details
    }
}

extension TransportDetails {
    /// What most vehicles are, and what the desk proposes; for requests that name the kind.
    fileprivate mutating func proposeVehicleType() {
        guard mode == TransportMode.road.rawValue, vehicleNumber != nil, vehicleType == nil else { return }
        vehicleType = VehicleKind.regular.rawValue
    }
}

/// From where goods go on.
struct FromOptions: ParsableArguments {
    @Option(name: .long, help: "The place from where they go on.") var fromPlace: String
    @Option(name: .long, help: "Code of its state, such as 9 or 29.") var fromState: Int
}
