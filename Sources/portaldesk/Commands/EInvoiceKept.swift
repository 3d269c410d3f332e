import ArgumentParser
import Domain
import Foundation
import Secrets
import Services

extension EInvoiceCommand {
    struct Print: Performable {
        static let configuration = CommandConfiguration(
            abstract: "A registered invoice as a page to print: HTML with its number and its signed QR.")
        @Argument(help: "The IRN.") var irn: String
        @Option(name: .long, help: "Write the page here; - for standard output.") var to: String
        @Flag(name: .long, help: "Replace a file that stands there.") var force = false
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            guard !to.lowercased().hasSuffix(".pdf") else {
                throw Complaint(
                    "the page is HTML, no PDF", why: "what is named .pdf would open in no reader",
                    remedy: "Name it .html and print it from a browser, there also as PDF", status: .usage)
            }
            let workspace = try await place.enter(surroundings)
            let page = try await workspace.eInvoices.page(irn: irn)
            try workspace.eInvoices.export(page, to: Out.target(to, force: force))
            EInvoiceCommand.warn(of: try await workspace.eInvoices.kept(irn: irn))
            return .done
        }
    }

    struct Cancel: Performable {
        static let configuration = CommandConfiguration(
            abstract: "Take back a registered invoice, within 24 hours. Its number cannot be used again in that year.")
        @Argument(help: "The IRN.") var irn: String
        @Option(name: .long, help: "1 duplicate, 2 data entry mistake, 3 order cancelled, 4 others.") var reason: String
        @Option(name: .long, help: "Why, in at most 100 characters.") var remark: String
        @Option(name: .long, help: "Through this provider of the same portal, not the one that registered it.")
        var provider: String?
        @OptionGroup var dry: DryRunFlag
        @OptionGroup var place: HomeOption
        @OptionGroup var output: JsonFlag

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            guard let reason = InvoiceCancelReason(rawValue: reason) else {
                throw Complaint("--reason must be 1, 2, 3 or 4", status: .usage)
            }
            let workspace = try await place.enter(surroundings, opensVault: !dry.dryRun)
            if dry.dryRun {
                return try await dry.show(workspace, output) { () async throws(Complaint) in
                    try await workspace.eInvoices.cancelPlan(
                        irn: irn, reason: reason, remark: remark, provider: provider)
                }
            }
            let asked = try await workspace.eInvoices.cancel(
                irn: irn, reason: reason, remark: remark, provider: provider)
            Interruption.say(OperationRow.goesOn(asked))
            let operation = try await workspace.operations.wait(for: asked.id)
            try OperationRow.print([operation], workspace, output)
            return try OperationRow.status(operation, workspace)
        }
    }

    struct Qr: Performable {
        static let configuration = CommandConfiguration(
            abstract: "The signed QR of a registered invoice: drawn here, or as a picture.")
        @Argument(help: "The IRN.") var irn: String
        @Option(name: .long, help: "Write a PNG here; - for standard output.") var png: String?
        @Option(name: .long, help: "Write an SVG here; - for standard output.") var svg: String?
        @Flag(name: .long, help: "Replace files that stand there.") var force = false
        @OptionGroup var place: HomeOption

        func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
            let workspace = try await place.enter(surroundings)
            let code = try await workspace.eInvoices.qr(irn: irn)
            EInvoiceCommand.warn(of: try await workspace.eInvoices.kept(irn: irn))
            if let png { try workspace.eInvoices.export(try code.png(), to: Out.target(png, force: force)) }
            if let svg { try workspace.eInvoices.export(Array(code.svg.utf8), to: Out.target(svg, force: force)) }
            guard png == nil, svg == nil else { return .done }
            let columns = TerminalWidth.columns(STDOUT_FILENO)
            guard columns >= code.columns else {
                throw Complaint(
                    "the QR needs \(code.columns) columns; this window has \(columns)",
                    remedy: "Widen it, or write a picture with --png or --svg", status: .usage)
            }
            let colours = (surroundings.environment["TERM"] ?? "").contains("256") ? "38;5;16;48;5;231" : "30;47"
            for line in code.lines { try Rows.text("\u{1B}[\(colours)m\(line)\u{1B}[0m") }
            return .done
        }
    }
}

extension EInvoiceCommand {
    /// Whoever hands out what a portal signed has to know when it does not verify.
    static func warn(of invoice: KeptInvoice) {
        if let warning = invoice.warning { Messages.line("! the portal's signature: \(warning)") }
    }
}

enum TerminalWidth {
    /// 80 where there is no terminal.
    static func columns(_ descriptor: Int32) -> Int {
        var window = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else { return 80 }
        return Int(window.ws_col)
    }
}
