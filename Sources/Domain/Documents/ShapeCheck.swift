/// Holds every field of a document to its shape and says what is missing.
struct ShapeCheck {
    private(set) var findings: [Finding] = []
    private var path = FieldPath()

    mutating func check<Value>(_ value: Value, _ schema: Schema<Value>) {
        for field in schema.fields { check(field, of: value, schema) }
    }

    private mutating func check<Value>(_ field: Field<Value>, of value: Value, _ schema: Schema<Value>) {
        switch field.content {
        case .text(let key, let shape):
            if let text = value[keyPath: key], !(text.isEmpty && schema.mayBeEmpty) {
                check(text, shape, field, schema)
            } else {
                missing(field, schema)
            }
        case .number(let key, let shape):
            if let number = value[keyPath: key] { check(number, shape, field, schema) } else { missing(field, schema) }
        case .integer(let key, let shape):
            guard let number = value[keyPath: key] else { return missing(field, schema) }
            if !shape.range.contains(number) {
                find(
                    field, schema, "shape.range",
                    "is \(number); \(shape.range.lowerBound) to \(shape.range.upperBound) are allowed")
            }
        case .section(let section): check(section, field, of: value, schema)
        case .list(let list): check(list, field, of: value, schema)
        }
    }

    private mutating func check<Value, S: SectionField<Value>>(
        _ section: S, _ field: Field<Value>, of value: Value, _ schema: Schema<Value>
    ) {
        guard let part = section.part(of: value) else { return missing(field, schema) }
        path.enter(field.name)
        check(part, section.schema)
        path.leave()
    }

    private mutating func check<Value, L: ListField<Value>>(
        _ list: L, _ field: Field<Value>, of value: Value, _ schema: Schema<Value>
    ) {
        let parts = list.parts(of: value)
        if parts.isEmpty { return missing(field, schema) }
        path.enter(field.name)
        for (place, part) in parts.enumerated() {
            path.enter(place)
            check(part, list.schema)
            path.leave()
        }
        path.leave()
    }

    private mutating func check<Value>(
        _ text: String, _ shape: TextShape, _ field: Field<Value>, _ schema: Schema<Value>
    ) {
        let length = text.utf16.count
        if shape.form == .date, DocumentDate.read(text) == nil {
            let shown = HarmlessText.line(text, limit: 60)
            let meant = LegalDate(typed: text).map(DocumentDate.text)
            guard meant != nil || !LegalDate.isShaped(text) else {
                return find(
                    field, schema, "shape.form", "is \(shown), and there is no such day", "Write a day that exists")
            }
            find(field, schema, "shape.form", "is \(shown)", "Write \(meant ?? shape.form.words)")
        } else if !shape.length.contains(length) {
            let allowed =
                shape.length.count == 1
                ? "\(shape.length.lowerBound)" : "\(shape.length.lowerBound) to \(shape.length.upperBound)"
            find(field, schema, "shape.length", "has \(Counted.text(length, "character")); \(allowed) are allowed")
        } else if !shape.form.fits(text) {
            let shown = HarmlessText.line(text, limit: 60)
            find(field, schema, "shape.form", "is \(shown)", "Write \(shape.form.words)")
        } else if let scalar = HarmlessText.strange(in: text) {
            // The portals' pattern takes it, and signs it.
            let name = "U+" + String(repeating: "0", count: max(0, 4 - hex(scalar).count)) + hex(scalar)
            findings.append(
                Finding(
                    .warning, at: path.text(field.name), rule: "shape.control",
                    "has a character that is no text, \(name): \(HarmlessText.line(text, limit: 60))",
                    remedy: "Take it out"))
        }
    }

    private func hex(_ scalar: Unicode.Scalar) -> String { String(scalar.value, radix: 16, uppercase: true) }

    private mutating func check<Value>(
        _ number: ExactDecimal, _ shape: NumberShape, _ field: Field<Value>, _ schema: Schema<Value>
    ) {
        if number.significantDecimals > shape.decimals {
            find(
                field, schema, "shape.decimals",
                "is \(number) with \(Counted.text(number.significantDecimals, "decimal")); \(shape.decimals) are allowed"
            )
        }
        if !shape.range.contains(number.thousandths) {
            let (low, high) = (
                ExactDecimal(thousandths: shape.range.lowerBound, decimals: 0),
                ExactDecimal(thousandths: shape.range.upperBound, decimals: 0)
            )
            find(field, schema, "shape.range", "is \(number); \(low) to \(high) are allowed")
        }
    }

    private mutating func missing<Value>(_ field: Field<Value>, _ schema: Schema<Value>) {
        guard field.isMandatory else { return }
        findings.append(
            Finding(
                .error, at: path.text(field.name), rule: Self.missing, code: field.missingCode ?? schema.code,
                "is missing", remedy: "Fill it in"))
    }

    static let missing = "shape.missing"

    private mutating func find<Value>(
        _ field: Field<Value>, _ schema: Schema<Value>, _ rule: String, _ problem: String, _ remedy: String = ""
    ) {
        findings.append(
            Finding(
                .error, at: path.text(field.name), rule: rule, code: field.code ?? schema.code, problem, remedy: remedy)
        )
    }
}
