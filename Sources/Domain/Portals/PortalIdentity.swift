/// Who a fetch is for: a GSTIN at the GST portal, a PAN or TAN at Income Tax, a TAN at TRACES.
public struct PortalIdentity: Hashable, Sendable, CustomStringConvertible {
    public let portal: Portal
    public let text: String

    /// - Throws: `IdentifierProblem` when `text` is not an identity of that portal.
    public init(_ portal: Portal, _ text: String) throws(IdentifierProblem) {
        self.portal = portal
        switch portal {
        case .gst: self.text = try Gstin(text).text
        case .traces: self.text = try Tan(text).text
        case .incomeTax:
            if let tan = try? Tan(text) {
                self.text = tan.text
            } else {
                self.text = try Pan(text).text
            }
        }
    }

    /// An identity that was checked before, read back from the store or an answer.
    public init(stored portal: Portal, _ text: String) {
        self.portal = portal
        self.text = text
    }

    /// The bridge's word for the kind of identity.
    public var kind: String {
        switch portal {
        case .gst: "gstin"
        case .traces: "tan"
        case .incomeTax: (try? Tan(text)) == nil ? "pan" : "tan"
        }
    }

    public var description: String { text }
}
