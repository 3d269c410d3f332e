import Domain
import Services
import TerminalKit

/// The form for one business: a new one, or the edit of one that stands.
struct EditBusinessScreen: FormScreen {
    let business: Business?
    var state: FormState
    var errors: [String: String] = [:]
    var message = Line.empty
    var isSaving = false
    var lastTicket = 0

    init(business: Business?) {
        self.business = business
        state = FormState(
            Self.form([:], .empty),
            texts: [
                "name": business?.name ?? "", "pan": business?.pan?.text ?? "",
                "gstins": business?.gstins.joined(separator: " ") ?? "",
                "tans": business?.tans.joined(separator: " ") ?? "", "group": business?.group ?? "",
                "formedOn": business?.formedOn.map(TimeText.date) ?? "",
            ])
    }

    var scope: CommandScope { .editBusiness }
    var trail: [String] { [business == nil ? "Add" : "Edit"] }
    var title: String { business == nil ? "Add a business" : "Edit business" }

    private static func form(_ errors: [String: String], _ message: Line) -> Form {
        Form(
            fields: [
                .init(id: "name", label: "Name", hint: "as it shall stand everywhere", error: errors["name"]),
                .init(
                    id: "pan", label: "PAN", placeholder: "AAAPA1234A", hint: "its Income Tax account is made from it",
                    error: errors["pan"]),
                .init(
                    id: "gstins", label: "GSTINs", placeholder: "one or several, blank between",
                    hint: "each becomes an account of the GST Portal", error: errors["gstins"]),
                .init(
                    id: "tans", label: "TANs", placeholder: "one or several, blank between",
                    hint: "each becomes an account of TRACES", error: errors["tans"]),
                .init(id: "group", label: "Group", hint: "a word by which you group clients", error: nil),
                .init(
                    id: "formedOn", label: "Formed on", placeholder: "DD-MM-YYYY",
                    hint: "date of birth or incorporation; opens some documents", error: errors["formedOn"]),
            ],
            buttons: [.init(id: "save", title: "Save"), .init(id: "cancel", title: "Cancel")], message: message)
    }

    func form(_ context: ScreenContext) -> Form { Self.form(errors, message) }

    mutating func saving(_ context: ScreenContext) -> ((Ticket) -> Effect)? {
        guard let edit = checked() else { return nil }
        let existing = business?.id
        return { .saveBusiness(edit, existing: existing, $0) }
    }

    /// nil when a field is wrong; `errors` then says which and why.
    private mutating func checked() -> BusinessEdit? {
        let name = state.text("name").trimmed
        if name.isEmpty { errors["name"] = "the name is needed" }
        var edit = BusinessEdit(
            name: HarmlessText.line(name, limit: 200),
            group: HarmlessText.line(state.text("group").trimmed, limit: 60),
            formedOn: day())
        let pans = read("pan", Pan.init)
        if pans.count > 1 { errors["pan"] = "a business has one PAN" }
        edit.pan = pans.first
        edit.gstins = read("gstins", Gstin.init)
        edit.tans = read("tans", Tan.init)
        if edit.pan == nil, errors["pan"] == nil {
            edit.pan = edit.gstins.lazy.compactMap { try? Pan($0.panText) }.first
        }
        if let pan = edit.pan, let other = edit.gstins.first(where: { $0.panText != pan.text }) {
            errors["gstins"] = "\(other) belongs to PAN \(other.panText), not \(pan)"
        }
        return errors.isEmpty ? edit : nil
    }

    private mutating func day() -> LegalDate? {
        let text = state.text("formedOn").filter { !$0.isWhitespace }
        let day = LegalDate(typed: text)
        if day == nil, !text.isEmpty { errors["formedOn"] = "write the day as 27-11-1985" }
        return day
    }

    private mutating func read<T>(_ id: String, _ make: (String) throws(IdentifierProblem) -> T) -> [T] {
        var values: [T] = []
        for word in state.text(id).split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ";" }) {
            do {
                values.append(try make(String(word)))
            } catch {
                errors[id] = "\(word) \(error.message)"
            }
        }
        return values
    }
}
