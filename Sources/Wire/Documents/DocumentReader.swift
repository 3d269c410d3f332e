import Domain

/// Reads JSON into a document along its schema. Only a text that is no JSON ends it; all else is collected.
struct DocumentReader {
    typealias Malformed = JSONCursor.Malformed

    var cursor: JSONCursor
    var findings: [Finding] = []
    private var path = FieldPath()

    /// No list of a document may be nearly as long (facts: nic-einvoice-ewb 4.1, 5000 items by request).
    private static let mostElements = 10_000

    init(_ bytes: [UInt8]) { cursor = JSONCursor(bytes) }

    mutating func takeFindings() -> [Finding] {
        defer { findings = [] }
        return findings
    }

    func finding(_ error: Malformed) -> Finding {
        Finding(
            .error, at: path.text(), rule: DocumentJSON.malformed, "\(cursor.place(error.offset)): \(error.why)",
            remedy: "Mend the JSON there")
    }

    mutating func document<Value: DocumentPart>(_ schema: Schema<Value>) throws(Malformed) -> Value? {
        guard try cursor.peek() == UInt8(ascii: "{") else {
            try wrongType("an object")
            return nil
        }
        return try object(schema)
    }

    mutating func end() throws(Malformed) {
        if !cursor.isAtEnd() { throw cursor.malformed("something follows the end") }
    }

    mutating func beginsList() throws(Malformed) -> Bool {
        guard try cursor.peek() == UInt8(ascii: "[") else { return false }
        cursor.open()
        return true
    }

    mutating func hasNext(isFirst: Bool) throws(Malformed) -> Bool { try cursor.next("]", isFirst: isFirst) }

    private mutating func object<Value: DocumentPart>(_ schema: Schema<Value>) throws(Malformed) -> Value {
        var value = Value()
        var seen = [Bool](repeating: false, count: schema.fields.count)
        var expected = 0
        var isFirst = true
        cursor.open()
        while try cursor.next("}", isFirst: isFirst) {
            isFirst = false
            let name = try cursor.key()
            guard let place = Self.find(name, in: schema, from: expected) else {
                unknown(name)
                try cursor.skip()
                continue
            }
            let field = schema.fields[place]
            path.enter(field.name)
            if seen[place] {
                find(.error, "json.twice", "stands there twice", "Leave one of them")
                try cursor.skip()
            } else {
                seen[place] = true
                try read(field, into: &value)
            }
            path.leave()
            expected = place + 1
        }
        return value
    }

    /// Writers keep to the order of the schema mostly, so the next field is tried first.
    private static func find<Value>(_ name: ArraySlice<UInt8>, in schema: Schema<Value>, from start: Int) -> Int? {
        let count = schema.fields.count
        for step in 0..<count {
            let place = (start + step) % count
            let lower = schema.fields[place].lowerName
            if lower.count == name.count,
                zip(lower, name).allSatisfy({ $0 == ((65...90).contains($1) ? $1 | 0x20 : $1) })
            {
                return place
            }
        }
        return nil
    }

    private mutating func read<Value>(_ field: Field<Value>, into value: inout Value) throws(Malformed) {
        let first = try cursor.peek()
        if first == UInt8(ascii: "n") {
            try cursor.word()
            return find(.warning, "type.null", "is null", "Leave the field out")
        }
        switch field.content {
        case .text(let key, let shape): value[keyPath: key] = try text(first, shape)
        case .number(let key, _): value[keyPath: key] = try number(first)
        case .integer(let key, let shape): value[keyPath: key] = try integer(first, shape)
        case .section(let section): try read(section, first, into: &value)
        case .list(let list): try read(list, first, into: &value)
        }
    }

    private mutating func read<Value, S: SectionField<Value>>(
        _ section: S, _ first: UInt8, into value: inout Value
    ) throws(Malformed) {
        guard first == UInt8(ascii: "{") else { return try wrongType("an object") }
        section.set(try object(section.schema), in: &value)
    }

    private mutating func read<Value, L: ListField<Value>>(
        _ list: L, _ first: UInt8, into value: inout Value
    ) throws(Malformed) {
        guard first == UInt8(ascii: "[") else { return try wrongType("a list") }
        cursor.open()
        var place = 0
        while try cursor.next("]", isFirst: place == 0) {
            guard place < Self.mostElements else {
                try cursor.skip()
                place += 1
                continue
            }
            path.enter(place)
            if try cursor.peek() == UInt8(ascii: "{") {
                list.append(try object(list.schema), to: &value)
            } else {
                try wrongType("an object")
                // Its place is kept, so that the places of those behind it stay true.
                list.append(L.Part(), to: &value)
            }
            path.leave()
            place += 1
        }
        if place > Self.mostElements {
            find(.error, "list.length", "has \(place) elements; the first \(Self.mostElements) were read", "Split it")
        }
    }

    mutating func wrongType(_ wanted: String) throws(Malformed) {
        let found =
            switch try cursor.peek() {
            case UInt8(ascii: "{"): "an object"
            case UInt8(ascii: "["): "a list"
            case UInt8(ascii: "\""): "text"
            case UInt8(ascii: "t"), UInt8(ascii: "f"): "true or false"
            case UInt8(ascii: "n"): "null"
            default: "a number"
            }
        try cursor.skip()
        find(.error, "type", "is \(found) where \(wanted) is wanted")
    }

    private mutating func unknown(_ name: ArraySlice<UInt8>) {
        path.enter(HarmlessText.line(String(decoding: name, as: UTF8.self), limit: 60))
        find(.warning, "field.unknown", "is no field of this document; it is not sent", "Remove or rename it")
        path.leave()
    }

    mutating func find(_ severity: Finding.Severity, _ rule: String, _ problem: String, _ remedy: String = "") {
        guard findings.count < DocumentJSON.mostMistakes else { return }
        findings.append(Finding(severity, at: path.text(), rule: rule, problem, remedy: remedy))
    }
}
