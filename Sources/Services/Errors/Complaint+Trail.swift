import Domain

extension Complaint {
    /// - Parameter problem: what a check found, in words.
    static func damagedTrail(_ problem: String) -> Complaint {
        Complaint(
            "the audit trail does not hold", why: problem,
            remedy:
                "Nothing is sent until an admin has looked: `portaldesk audit verify` names what is wrong. Put back what "
                + "was changed, or let the trail go on with `portaldesk audit resume`", status: .badData)
    }
}
