import Domain
import Services
import TerminalKit

/// What can be done about one invoice, the same in the list and on its own page.
struct EInvoiceDeeds: Sendable {
    /// What the question or prompt on the screen is about.
    private var irn = ""
    private var file = ""
    /// Whether that file is the sheet's template, and no invoice's.
    private var isTemplate = false

    static let fileNeeded = "name the file, or leave with Esc"

    static func reason(_ command: CommandId, _ invoice: EInvoice?, _ context: ScreenContext) -> String? {
        guard let invoice else { return "No invoice is selected" }
        switch command {
        case .cancel: return invoice.refusesCancellation(at: context.now)
        case .makeBill:
            return invoice.standing == .registered ? nil : "Only a registered invoice has its e-way bill by IRN"
        case .verify, .export, .print: return invoice.irn == nil ? "It is not registered: nothing is signed" : nil
        case .copy: return invoice.irn ?? invoice.operation.expectedReference == nil ? "It has no IRN" : nil
        case .reconcile:
            return OperationChoice.hurry.refusal(for: invoice.governing)
        default: return nil
        }
    }

    /// nil for a command that is none of these.
    mutating func give(_ command: CommandId, _ invoice: EInvoice, _ context: ScreenContext) -> [Effect]? {
        (irn, isTemplate) = (invoice.irn ?? "", false)
        switch command {
        case .evidence: return [.push(.operation(invoice.governing.id))]
        case .cancel: return [.push(.cancelInvoice(invoice))]
        case .makeBill: return [.push(.makeBill(invoice))]
        case .reconcile: return [.operations(.reconcile(invoice.governing.id), context.ticket(0))]
        case .copy:
            let text = invoice.irn ?? invoice.operation.expectedReference ?? ""
            return [.copy(text), .toast(Toast(.info, "IRN sent to the clipboard"))]
        case .verify:
            return Self.askForFile(
                "verify", "Compare with a file", hint: "INV-01 as .json: does it say what the portal signed?")
        case .export:
            return Self.askForFile(
                "export", "Write the QR or the signed invoice", Self.fileName(invoice) + ".png",
                hint: ".png, .svg: the QR; .html: to print; else what was signed", context)
        case .print:
            return Self.askForFile(
                "export", "Write the page to print", Self.fileName(invoice) + ".html",
                hint: "HTML with number and signed QR; a browser prints it on A4", context)
        default: return nil
        }
    }

    /// nil for an answer to something else.
    mutating func answered(_ answer: Answer, _ context: ScreenContext) -> [Effect]? {
        switch answer {
        case .text("verify", let file):
            return file.trimmed.isEmpty ? [] : [.eInvoices(.verify(irn: irn, file: file.trimmed), context.ticket(0))]
        case .text("export", let file):
            let file = file.trimmed
            return file.isEmpty
                ? [] : [.eInvoices(.export(irn: irn, file: file, replaces: false), context.ticket(0))]
        case .text("template", let file):
            return [.eInvoices(.template(file: file.trimmed, replaces: false), context.ticket(0))]
        case .text("ask", let text): return ask(text, context)
        case .yes("replace") where isTemplate:
            return [.eInvoices(.template(file: file, replaces: true), context.ticket(0))]
        case .yes("replace"): return [.eInvoices(.export(irn: irn, file: file, replaces: true), context.ticket(0))]
        default: return nil
        }
    }

    mutating func askForTemplate(_ context: ScreenContext) -> [Effect] {
        isTemplate = true
        return Self.askForFile(
            "template", "Write the sheet template", "e-invoices.csv",
            hint: "CSV with a title for each column; fill it in, add it here", context)
    }

    /// - Parameter name: of a file that is proposed, in the folder for what is written.
    private static func askForFile(
        _ id: String, _ title: String, _ name: String? = nil, hint: String, _ context: ScreenContext? = nil
    ) -> [Effect] {
        let initial = name.flatMap { name in context.map { "\($0.settings.exportFolder)/\(name)" } }
        return [
            .prompt(
                Prompt(id: id, title: title, label: "File", initial: initial ?? "", hint: hint, needed: fileNeeded))
        ]
    }

    /// - Parameter invoice: the selected one, whose IRN is proposed.
    static func askForInvoice(_ invoice: EInvoice?) -> [Effect] {
        [
            .prompt(
                Prompt(
                    id: "ask", title: "Fetch a registered invoice from the portal", label: "IRN",
                    initial: invoice?.irn ?? "", hint: "or INV/GE-7/2026-11-20 with the seller's GSTIN behind it",
                    needed: "an IRN is needed, or a document with its seller's GSTIN"))
        ]
    }

    /// What was typed: an IRN or a document, and behind it the GSTIN of whoever asks.
    private func ask(_ text: String, _ context: ScreenContext) -> [Effect] {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let named = words.dropFirst().first.flatMap { try? Gstin($0.uppercased()) }
        guard let first = words.first, words.count <= 2, words.count == 1 || named != nil else {
            return [
                .toast(Toast(.warning, "That is no IRN and no document", detail: "such as INV/GE-7/2026-11-20 GSTIN"))
            ]
        }
        do throws(Complaint) {
            let wanted: EInvoiceService.Wanted =
                first.contains("/") ? try .init(document: first, seller: named) : .irn(first)
            return [
                .eInvoices(.ask(wanted, asker: named), context.awaited),
                .toast(Toast(.info, "The portal is asked for the invoice", detail: "the answer opens")),
            ]
        } catch {
            return [.toast(Toast(error))]
        }
    }

    mutating func exists(_ file: String) -> [Effect] {
        self.file = file
        return [.ask(.replace(file))]
    }

    static func toast(_ verdict: SignedVerdict) -> Toast {
        verdict.isTrue
            ? Toast(.success, "The file says what the portal signed", detail: verdict.sentence)
            : Toast(.danger, "The file does not agree with what is signed", detail: verdict.sentence)
    }

    /// The document's number, with nothing in it that a file system minds.
    private static func fileName(_ invoice: EInvoice) -> String {
        let parts = invoice.operation.businessKey.split(separator: "/").dropFirst(2).dropLast()
        let name = parts.joined(separator: "-").filter { $0.isLetter || $0.isNumber || $0 == "-" }
        return name.isEmpty ? "invoice" : name
    }
}
