/// A field that is an object of its own.
public protocol SectionField<Value>: Sendable {
    associatedtype Value: Sendable
    associatedtype Part: DocumentPart
    var schema: Schema<Part> { get }
    /// nil when nothing of it is filled in.
    func part(of value: Value) -> Part?
    func set(_ part: Part, in value: inout Value)
}

/// A field that is a list of objects.
public protocol ListField<Value>: Sendable {
    associatedtype Value: Sendable
    associatedtype Part: DocumentPart
    var schema: Schema<Part> { get }
    func parts(of value: Value) -> [Part]
    func append(_ part: Part, to value: inout Value)
    /// Puts it in the place of the first one, or makes it the first.
    func setFirst(_ part: Part, in value: inout Value)
}

struct RequiredSection<Value: Sendable, Part: DocumentPart>: SectionField {
    let path: FieldKey<Value, Part>
    let schema: Schema<Part>

    func part(of value: Value) -> Part? {
        let part = value[keyPath: path]
        return part == Part() ? nil : part
    }

    func set(_ part: Part, in value: inout Value) { value[keyPath: path] = part }
}

struct OptionalSection<Value: Sendable, Part: DocumentPart>: SectionField {
    let path: FieldKey<Value, Part?>
    let schema: Schema<Part>

    func part(of value: Value) -> Part? { value[keyPath: path] }
    func set(_ part: Part, in value: inout Value) { value[keyPath: path] = part }
}

struct PartList<Value: Sendable, Part: DocumentPart>: ListField {
    let path: FieldKey<Value, [Part]>
    let schema: Schema<Part>

    func parts(of value: Value) -> [Part] { value[keyPath: path] }
    func append(_ part: Part, to value: inout Value) { value[keyPath: path].append(part) }

    func setFirst(_ part: Part, in value: inout Value) {
        if value[keyPath: path].isEmpty { append(part, to: &value) } else { value[keyPath: path][0] = part }
    }
}
