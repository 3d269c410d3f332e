import ArgumentParser
import Domain
import Foundation
import Services

extension NoticeCommand {
    struct Document: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Save the documents of a notice.",
            discussion:
                "A locked PDF is opened with the passwords that portals are known to use, where qpdf is installed; the stored file stays as it came."
        )
        @OptionGroup var which: NoticeArgument
        @Option(
            name: .long,
            help:
                "A file or - for standard output (for a single document), or an existing folder. Default: this folder.")
        var out = "."
        @Flag(name: .long, help: "Replace a file that exists.") var force = false
        @Flag(name: .long, help: "The bytes as they came: no PDF is opened, nothing is held back.") var asReceived =
            false
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            /// null for a document that was not saved; the remark says which one and why.
            @OrNull var file: String?
            let remark: String

            init(file: String?, remark: String) {
                self.file = file
                self.remark = remark
            }
        }

        private func tell(_ saved: SavedDocument) throws(Complaint) {
            let name = HarmlessText.line(saved.file, limit: 1_000)
            if !saved.remark.isEmpty { Messages.line("\(name) \(saved.remark)") }
            if saved.file == "-" { return }
            if output.json {
                try Rows(json: true).printObject(Row(file: saved.file, remark: saved.remark))
            } else {
                try Rows.text(name)
            }
        }

        /// - Returns: 65 when there are any.
        private func tell(refused: [Complaint]) throws(Complaint) -> ExitStatus {
            for complaint in refused {
                Messages.complain(complaint)
                // Standard output may be the document itself.
                if out != "-" { try Rows(json: output.json).printObject(Row(file: nil, remark: "\(complaint)")) }
            }
            return refused.isEmpty ? .done : .badData
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: out, isDirectory: &isFolder), isFolder.boolValue else {
                try tell(
                    try await workspace.notices.saveOnlyDocument(
                        of: which.notice, as: Out.target(out, force: force), asReceived: asReceived))
                return try tell(refused: try await workspace.notices.neverDownloaded(of: which.notice))
            }
            let (saved, refused) = try await workspace.notices.saveDocuments(
                of: which.notice, to: out, asReceived: asReceived)
            for document in saved { try tell(document) }
            return try tell(refused: refused)
        }
    }

    struct Export: Performable {
        static let configuration = CommandConfiguration(abstract: "Export notices to a file.")
        @Option(name: .long, help: "csv, json (JSON Lines) or ics (a calendar of due dates).") var format:
            NoticeService.Format
        @Option(name: .long, help: "The file, or - for standard output.") var out: String
        @Flag(name: .long, help: "Replace a file that exists.") var force = false
        @OptionGroup var filter: NoticeFilterOptions
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        private struct Row: Encodable {
            let file: String
            let notices: Int
        }

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let count = try await workspace.notices.export(
                try filter.query(workspace), format: format, to: Out.target(out, force: force))
            let place = out == "-" ? "standard output" : out
            Messages.line("\(Counted.text(count, "notice")) written to \(place).")
            // Rows of the export itself are there already.
            if out != "-" { try Rows(json: output.json).printObject(Row(file: out, notices: count)) }
            return .done
        }
    }
}
