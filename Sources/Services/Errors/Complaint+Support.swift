import Domain

extension Complaint {
    static let collectingEnded = Complaint(
        "the support bundle was not collected", why: "it was ended before", remedy: "Collect it again",
        status: .tryLater)

    static let noTar = Complaint(
        "the bundle cannot be packed", why: "tar is not installed", remedy: "apt-get install tar gzip",
        status: .badConfiguration)

    /// - Parameter said: what tar or the system said.
    static func notPacked(_ said: String) -> Complaint {
        Complaint(
            "the bundle could not be packed", why: HarmlessText.line(said, limit: 300),
            remedy: "Free space where the workspace lies; tar and gzip must be installed", status: .inputOutput)
    }
}
