import Domain

/// Writes a document along its schema.
struct DocumentWriter {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(2_048) }

    mutating func object<Value>(_ value: Value, _ schema: Schema<Value>) {
        bytes.append(UInt8(ascii: "{"))
        let start = bytes.count
        for field in schema.fields { write(field, of: value, isFirst: bytes.count == start) }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func write<Value>(_ field: Field<Value>, of value: Value, isFirst: Bool) {
        switch field.content {
        case .text(let key, _):
            guard let text = value[keyPath: key] else { return }
            begin(field, isFirst)
            JSONText.append(quoted: text.utf8, to: &bytes)
        case .number(let key, _):
            guard let number = value[keyPath: key] else { return }
            begin(field, isFirst)
            bytes.append(contentsOf: number.text.utf8)
        case .integer(let key, _):
            guard let number = value[keyPath: key] else { return }
            begin(field, isFirst)
            bytes.append(contentsOf: String(number).utf8)
        case .section(let section): write(section, field, of: value, isFirst)
        case .list(let list): write(list, field, of: value, isFirst)
        }
    }

    private mutating func write<Value, S: SectionField<Value>>(
        _ section: S, _ field: Field<Value>, of value: Value, _ isFirst: Bool
    ) {
        guard let part = section.part(of: value) else { return }
        begin(field, isFirst)
        object(part, section.schema)
    }

    private mutating func write<Value, L: ListField<Value>>(
        _ list: L, _ field: Field<Value>, of value: Value, _ isFirst: Bool
    ) {
        let parts = list.parts(of: value)
        if parts.isEmpty { return }
        begin(field, isFirst)
        bytes.append(UInt8(ascii: "["))
        for (place, part) in parts.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            object(part, list.schema)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func begin<Value>(_ field: Field<Value>, _ isFirst: Bool) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: field.name.utf8)
        bytes.append(contentsOf: "\":".utf8)
    }
}
