/// Where two documents differ, for finding out whether what a portal holds is what we sent. Numbers count by value: a
/// portal may write 600.0 for 600 (facts: nic-einvoice-ewb 5).
struct DocumentDifferences {
    private(set) var paths: [String] = []
    private var path = FieldPath()

    mutating func compare<Value>(_ left: Value, _ right: Value, _ schema: Schema<Value>) {
        for field in schema.fields {
            switch field.content {
            case .text(let key, _): note(field, left[keyPath: key] != right[keyPath: key])
            case .number(let key, _): note(field, left[keyPath: key] != right[keyPath: key])
            case .integer(let key, _): note(field, left[keyPath: key] != right[keyPath: key])
            case .section(let section): compare(left, right, section, field)
            case .list(let list): compare(left, right, list, field)
            }
        }
    }

    private mutating func note<Value>(_ field: Field<Value>, _ differs: Bool) {
        if differs { paths.append(path.text(field.name)) }
    }

    private mutating func compare<Value, S: SectionField<Value>>(
        _ left: Value, _ right: Value, _ section: S, _ field: Field<Value>
    ) {
        guard let first = section.part(of: left), let second = section.part(of: right) else {
            return note(field, (section.part(of: left) == nil) != (section.part(of: right) == nil))
        }
        path.enter(field.name)
        compare(first, second, section.schema)
        path.leave()
    }

    private mutating func compare<Value, L: ListField<Value>>(
        _ left: Value, _ right: Value, _ list: L, _ field: Field<Value>
    ) {
        let (first, second) = (list.parts(of: left), list.parts(of: right))
        guard first.count == second.count else { return note(field, true) }
        path.enter(field.name)
        for place in first.indices {
            path.enter(place)
            compare(first[place], second[place], list.schema)
            path.leave()
        }
        path.leave()
    }
}

extension Invoice {
    /// Paths of the fields that differ from `other`, in the order of INV-01. The case of the number is the portal's.
    public func differences(from other: Invoice) -> [String] {
        var (left, right) = (self, other)
        left.document.number = document.number.map(DocumentNumber.normalised)
        right.document.number = other.document.number.map(DocumentNumber.normalised)
        var differences = DocumentDifferences()
        differences.compare(left, right, InvoiceSchema.invoice)
        return differences.paths
    }
}
