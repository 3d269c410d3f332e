extension LegalDate {
    /// Whether a notice of these portals can bear it: no law behind one is older than the Income-tax Act 1961, and no answer
    /// is due after this century. Anything else is a slip of the portal, and would head every list for ever.
    public var isOfNotices: Bool { (1961...2100).contains(year) }
}
