import ArgumentParser
import Domain
import Foundation
import Services

struct BusinessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "business", abstract: "The register of businesses.",
        subcommands: [Import.self, List.self, Add.self, Edit.self, Remove.self])

    struct Import: Performable {
        static let configuration = CommandConfiguration(abstract: "Import businesses from a CSV file.")
        @Argument(
            help:
                "CSV with a header row: name,gstin,pan,tan,gst_username,income_tax_username,tan_income_tax_username,traces_username,group,formed_on"
        )
        var file: String
        @Flag(name: .long, help: "Check everything, keep nothing.") var dryRun = false
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let summary = try await workspace.businesses.importSheet(
                file: file, dryRun: dryRun, takesHanded: true
            ) { done, total in
                Messages.progress("importing", done, of: total)
            }
            for refusal in summary.refusals { Messages.line("\(file):\(refusal.line): \(refusal.reason)") }
            try Rows(json: output.json).printObject(SummaryRow(summary, dryRun: dryRun))
            Messages.line(
                "\(dryRun ? "Dry run, nothing kept: " : "")\(Counted.text(summary.rows, "row")), \(summary.created) added, \(summary.extended) extended, \(summary.unchanged) unchanged, \(summary.refusals.count) refused."
            )
            return summary.refusals.isEmpty ? .done : .badData
        }

        private struct SummaryRow: Encodable {
            let rows, created, extended, unchanged, refused: Int
            let dry_run: Bool
            init(_ summary: ImportSummary, dryRun: Bool) {
                rows = summary.rows
                created = summary.created
                extended = summary.extended
                unchanged = summary.unchanged
                refused = summary.refusals.count
                dry_run = dryRun
            }
        }
    }

    struct List: Performable {
        static let configuration = CommandConfiguration(abstract: "List businesses with their identities.")
        @Option(name: .long, help: "Part of a name, group or identity.") var text: String?
        @OptionGroup var paging: PageOptions
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            try paging.check()
            let found = try await workspace.businesses.page(
                BusinessQuery(text: text, page: paging.page, perPage: paging.perPage))
            try paging.print(
                found.rows, of: found.pageCount, total: found.total, output,
                header: ["ID", "PAN", "GSTINS", "TANS", "GROUP", "NAME"], as: BusinessRow.init
            ) {
                [
                    String($0.id), $0.pan ?? "", $0.gstins.joined(separator: " "), $0.tans.joined(separator: " "),
                    $0.group, $0.name,
                ]
            }
            return .done
        }
    }

    struct Add: Performable {
        static let configuration = CommandConfiguration(abstract: "Add a business.")
        @OptionGroup var fields: BusinessFields
        @Option(name: .long, help: "Its name.") var name: String
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let id = try await workspace.businesses.save(
                fields.edit(of: nil, name: name), existing: nil)
            try BusinessRow.print(try await workspace.business(id.rawValue), "added", output)
            return .done
        }
    }

    struct Edit: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Edit a business.",
            discussion: "Identities that are given replace those of their kind; what is not given stays.")
        @Argument(help: "Its id, from `business list`.") var id: Int64
        @OptionGroup var fields: BusinessFields
        @Option(name: .long, help: "Its new name.") var name: String?
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let business = try await workspace.business(id)
            try await workspace.businesses.save(
                fields.edit(of: business, name: name), existing: business.id)
            try BusinessRow.print(try await workspace.business(id), "changed", output)
            return .done
        }
    }

    struct Remove: Performable {
        static let configuration = CommandConfiguration(abstract: "Remove a business with its identities and logins.")
        @Argument(help: "Its id, from `business list`.") var id: Int64
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let business = try await workspace.business(id)
            try await workspace.businesses.remove(business.id)
            try BusinessRow.print(business, "removed", output)
            return .done
        }
    }
}

/// The identities of a business as options.
struct BusinessFields: ParsableArguments {
    @Option(name: .long, help: "Its PAN.") var pan: String?
    @Option(name: .long, help: "May be given several times.") var gstin: [String] = []
    @Option(name: .long, help: "May be given several times.") var tan: [String] = []
    @Option(name: .long, help: "A word by which its clients are grouped.") var group: String?
    @Option(name: .long, help: "Date of birth or incorporation: some documents open with it.") var formedOn: LegalDate?

    func edit(of business: Business?, name: String?) throws(Complaint) -> BusinessEdit {
        var edit = BusinessEdit(
            name: name ?? business?.name ?? "", pan: business?.pan, group: group ?? business?.group ?? "",
            formedOn: formedOn ?? business?.formedOn)
        guard !edit.name.allSatisfy(\.isWhitespace) else { throw Complaint("the name is empty", status: .badData) }
        edit.name = HarmlessText.line(edit.name, limit: .max)
        if let pan { edit.pan = try Identity.read("PAN", pan, Pan.init) }
        for text in gstin.isEmpty ? business?.gstins ?? [] : gstin {
            edit.gstins.append(try Identity.read("GSTIN", text, Gstin.init))
        }
        for text in tan.isEmpty ? business?.tans ?? [] : tan {
            edit.tans.append(try Identity.read("TAN", text, Tan.init))
        }
        if edit.pan == nil { edit.pan = edit.gstins.lazy.compactMap { try? Pan($0.panText) }.first }
        return edit
    }
}

struct BusinessRow: Encodable {
    let id: Int64
    let name: String
    @OrNull var pan: String?
    let gstins, tans: [String]
    let group: String
    @OrNull var formed_on: String?

    init(_ business: Business) {
        id = business.id.rawValue
        name = business.name
        pan = business.pan?.text
        gstins = business.gstins
        tans = business.tans
        group = business.group
        formed_on = business.formedOn?.description
    }

    /// What a command did to a business: its row with `--json`, else one line.
    static func print(_ business: Business, _ deed: String, _ output: JsonFlag) throws(Complaint) {
        guard !output.json else { return try Rows(json: true).printObject(BusinessRow(business)) }
        let identities =
            [business.pan.map { "PAN \($0.text)" }].compactMap(\.self) + business.gstins.map { "GSTIN \($0)" }
            + business.tans.map { "TAN \($0)" }
        let list = identities.isEmpty ? "without identities" : "with " + identities.joined(separator: ", ")
        Messages.line(
            "Business \(business.id.rawValue) \(deed): \(HarmlessText.line(business.name, limit: 200)), \(list).")
    }
}
