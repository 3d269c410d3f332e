/// What is wrong with a document before it is sent, found by us.
public struct Finding: Sendable, Hashable {
    /// An error would be refused by the portal, a warning not, or not surely.
    public enum Severity: String, Sendable, Hashable, CaseIterable { case error, warning }

    /// Where a draft came from.
    public struct Origin: Sendable, Hashable {
        public var file: String
        /// From 1.
        public var line: Int

        public init(file: String, line: Int) {
            self.file = file
            self.line = line
        }
    }

    public var severity: Severity
    /// The field by its names on the wire, list places from 0: `ItemList[2].HsnCd`. Empty for the whole document.
    public var path: String
    /// Our name of the rule, such as `item.total`.
    public var rule: String
    /// The portal's number for it (facts: nic-einvoice-ewb 7), where one is known.
    public var code: String?
    /// What is wrong, with the figures.
    public var problem: String
    /// What to do.
    public var remedy: String
    public var origin: Origin?

    public init(
        _ severity: Severity, at path: String, rule: String, code: String? = nil, _ problem: String,
        remedy: String = "",
        origin: Origin? = nil
    ) {
        self.severity = severity
        // All three may quote what somebody else wrote.
        self.path = HarmlessText.line(path)
        self.rule = rule
        self.code = code
        self.problem = HarmlessText.line(problem)
        self.remedy = HarmlessText.line(remedy)
        self.origin = origin
    }

    /// One line for people: `ItemList[2].HsnCd: has 3 digits (2176)`.
    public var line: String {
        let place = origin.map { "\($0.file):\($0.line): " } ?? ""
        let field = path.isEmpty ? "" : "\(path): "
        return place + field + problem + (code.map { " (\($0))" } ?? "") + (remedy.isEmpty ? "" : ". \(remedy)")
    }
}

extension Sequence<Finding> {
    /// Whether nothing here would make the portal refuse the document.
    public var allowSending: Bool { allSatisfy { $0.severity == .warning } }
}

extension Finding {
    /// Rules that compare an amount with others: where one of those could not be read, what they say is no mistake.
    private static let sums: Set<String> = [
        "item.assessable", "item.halves", "item.centralMissing", "item.central", "item.integrated", "item.cess",
        "item.total", "totals.sum", "totals.invoice", "totals.discount",
    ]

    /// Rules that say no more than that an item has no such field.
    private static let absences: Set<String> = ["item.quantity", "item.unitMissing"]

    /// How the names of fields end that those rules reckon with.
    private static let amounts = ["Amt", "Rt", "Val", "Chrg", "Discount"]

    /// Whether it hangs on a field that could not be read: it misses that one, or reckons with it. What is wrong with that
    /// one is said already.
    ///
    /// - Parameter unread: fields that could not be read, by their paths.
    public func hangs(on unread: Set<String>) -> Bool {
        if isMissing || Self.absences.contains(rule), unread.contains(path) { return true }
        guard Self.sums.contains(rule) else { return false }
        return unread.contains { field in
            guard Self.amounts.contains(where: field.hasSuffix) else { return false }
            // A line's amounts count for that line and for the totals; those of the whole for the totals alone.
            let line = field.prefix { $0 != "." }
            return field.hasPrefix("ItemList[") && (path.hasPrefix("\(line).") || path.hasPrefix("ValDtls."))
                || field.hasPrefix("ValDtls.") && path.hasPrefix("ValDtls.")
        }
    }

    /// Whether it says no more than that a field is not there.
    public var isMissing: Bool { rule == ShapeCheck.missing }
}
