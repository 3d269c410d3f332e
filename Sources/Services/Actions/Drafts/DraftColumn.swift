import Domain

/// A column that a sheet of drafts can have: a field of the invoice, or of one of its items.
struct DraftColumn: Sendable {
    enum Target: Sendable {
        case document(@Sendable (inout Invoice, String) throws(DraftCell.Unfit) -> Void)
        case item(@Sendable (inout InvoiceItem, String) throws(DraftCell.Unfit) -> Void)
    }

    /// By names on the wire, such as `DocDtls.No` or `ItemList.HsnCd`.
    var path: String
    var isMandatory: Bool
    var target: Target

    var isItem: Bool { if case .item = target { true } else { false } }

    /// Every field of the schema; of lists within the invoice, their first entry.
    static let all: [DraftColumn] = {
        var columns: [DraftColumn] = []
        for field in InvoiceSchema.invoice.fields where field.name != "ItemList" {
            for leaf in leaves(of: field, isNeeded: true) {
                columns.append(DraftColumn(path: leaf.path, isMandatory: leaf.isMandatory, target: .document(leaf.set)))
            }
        }
        for field in InvoiceItemSchema.item.fields {
            for leaf in leaves(of: field, isNeeded: true) {
                columns.append(
                    DraftColumn(path: "ItemList.\(leaf.path)", isMandatory: leaf.isMandatory, target: .item(leaf.set)))
            }
        }
        return columns
    }()

    /// One cell's way into a value.
    private struct Leaf<Value: Sendable>: Sendable {
        var path: String
        var isMandatory: Bool
        var set: @Sendable (inout Value, String) throws(DraftCell.Unfit) -> Void
    }

    private static func leaves<Value>(of field: Field<Value>, isNeeded: Bool) -> [Leaf<Value>] {
        let isMandatory = isNeeded && field.isMandatory
        switch field.content {
        case .text(let key, let shape):
            let isState = field.name == "Stcd" || field.name == "Pos"
            return [
                Leaf(path: field.name, isMandatory: isMandatory) { (value, text) throws(DraftCell.Unfit) in
                    value[keyPath: key] = DraftCell.text(text, shape, isState: isState)
                }
            ]
        case .number(let key, _):
            return [
                Leaf(path: field.name, isMandatory: isMandatory) { (value, text) throws(DraftCell.Unfit) in
                    value[keyPath: key] = try DraftCell.number(text)
                }
            ]
        case .integer(let key, _):
            return [
                Leaf(path: field.name, isMandatory: isMandatory) { (value, text) throws(DraftCell.Unfit) in
                    value[keyPath: key] = try DraftCell.integer(text)
                }
            ]
        case .section(let section): return leaves(of: section, field.name, isNeeded: isMandatory)
        case .list(let list): return leaves(of: list, field.name)
        }
    }

    private static func leaves<Value, S: SectionField<Value>>(
        of section: S, _ name: String, isNeeded: Bool
    ) -> [Leaf<Value>] {
        section.schema.fields.flatMap { leaves(of: $0, isNeeded: isNeeded) }.map { leaf in
            Leaf(path: "\(name).\(leaf.path)", isMandatory: leaf.isMandatory) { (value, text) throws(DraftCell.Unfit) in
                var part = section.part(of: value) ?? S.Part()
                try leaf.set(&part, text)
                section.set(part, in: &value)
            }
        }
    }

    private static func leaves<Value, L: ListField<Value>>(of list: L, _ name: String) -> [Leaf<Value>] {
        list.schema.fields.flatMap { leaves(of: $0, isNeeded: false) }.map { leaf in
            Leaf(path: "\(name).\(leaf.path)", isMandatory: false) { (value, text) throws(DraftCell.Unfit) in
                var part = list.parts(of: value).first ?? L.Part()
                try leaf.set(&part, text)
                list.setFirst(part, in: &value)
            }
        }
    }
}
