/// The fields of one JSON object of a document, in the order in which they are written. Reading, writing, shape checks and
/// the columns of a sheet all follow this one table.
public struct Schema<Value: Sendable>: Sendable {
    public let fields: [Field<Value>]
    /// The portal's code for a text that is too long and the like, where the field has none of its own.
    public let code: String?
    /// Whether an empty text says the same as none.
    public let mayBeEmpty: Bool

    public init(code: String? = nil, mayBeEmpty: Bool = false, _ fields: [Field<Value>]) {
        self.fields = fields
        self.code = code
        self.mayBeEmpty = mayBeEmpty
    }
}

/// A part of a document: every field of it may be missing, for a draft is looked at as it is.
public protocol DocumentPart: Sendable, Hashable {
    init()
}

/// Where a field's value is kept.
public typealias FieldKey<Value, Kept> = any WritableKeyPath<Value, Kept> & Sendable

/// One field: its name on the wire, where its value is kept, and the shape it must have.
public struct Field<Value: Sendable>: Sendable {
    public enum Content: Sendable {
        case text(FieldKey<Value, String?>, TextShape)
        case number(FieldKey<Value, ExactDecimal?>, NumberShape)
        case integer(FieldKey<Value, Int?>, IntegerShape)
        case section(any SectionField<Value>)
        case list(any ListField<Value>)
    }

    public let name: String
    /// For matching without regard to case.
    public let lowerName: [UInt8]
    public let content: Content
    public let isMandatory: Bool
    /// The portal's code for another shape than the field should have.
    public let code: String?
    /// And for a field that is missing.
    public let missingCode: String?

    init(_ name: String, _ content: Content, _ isMandatory: Bool, _ code: String?, missing: String? = nil) {
        self.name = name
        lowerName = Array(name.lowercased().utf8)
        self.content = content
        self.isMandatory = isMandatory
        self.code = code
        missingCode = missing ?? code
    }
}

extension Field {
    static func text(
        _ name: String, _ path: FieldKey<Value, String?>, _ length: ClosedRange<Int>,
        _ form: TextForm = .free, must: Bool = false, code: String? = nil, missing: String? = nil,
        asNumber: Bool = false
    ) -> Field {
        let shape = TextShape(length: length, form: form, mayBeNumber: asNumber)
        return Field(name, .text(path, shape), must, code, missing: missing)
    }

    static func number(
        _ name: String, _ path: FieldKey<Value, ExactDecimal?>, _ shape: NumberShape,
        must: Bool = false, code: String? = nil, missing: String? = nil
    ) -> Field {
        Field(name, .number(path, shape), must, code, missing: missing)
    }

    static func integer(
        _ name: String, _ path: FieldKey<Value, Int?>, _ range: ClosedRange<Int>,
        must: Bool = false, code: String? = nil, missing: String? = nil, asText: Bool = false
    ) -> Field {
        Field(name, .integer(path, IntegerShape(range: range, mayBeText: asText)), must, code, missing: missing)
    }

    static func section<Part: DocumentPart>(
        _ name: String, _ path: FieldKey<Value, Part>, _ schema: Schema<Part>, code: String? = nil
    ) -> Field {
        Field(name, .section(RequiredSection(path: path, schema: schema)), true, code)
    }

    static func section<Part: DocumentPart>(
        _ name: String, _ path: FieldKey<Value, Part?>, _ schema: Schema<Part>, code: String? = nil
    ) -> Field {
        Field(name, .section(OptionalSection(path: path, schema: schema)), false, code)
    }

    static func list<Part: DocumentPart>(
        _ name: String, _ path: FieldKey<Value, [Part]>, _ schema: Schema<Part>, must: Bool = false,
        code: String? = nil
    ) -> Field {
        Field(name, .list(PartList(path: path, schema: schema)), must, code)
    }
}
