/// The way to a field while a document is walked through; it becomes text only when something is found.
public struct FieldPath: Sendable, Hashable {
    private enum Step: Sendable, Hashable {
        case name(String)
        case place(Int)
    }

    private var steps: [Step] = []

    public init() {}

    public mutating func enter(_ name: String) { steps.append(.name(name)) }
    public mutating func enter(_ place: Int) { steps.append(.place(place)) }
    public mutating func leave() { steps.removeLast() }

    public func text(_ field: String = "") -> String {
        var text = ""
        for step in steps {
            switch step {
            case .name(let name): text += text.isEmpty ? name : ".\(name)"
            case .place(let place): text += "[\(place)]"
            }
        }
        return field.isEmpty ? text : text.isEmpty ? field : "\(text).\(field)"
    }
}
