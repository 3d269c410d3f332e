import Domain

/// The day from which the dates of all simulated notices count: fixed once for a state folder, so that notices do not
/// change from one day to the next.
enum BaseDate {
    static func fixed(in stateFolder: String, now: Instant) throws(SandboxProblem) -> LegalDate {
        let path = "\(stateFolder)/base_date"
        if let bytes = FileBytes.read(path: path), let date = LegalDate(String(decoding: bytes, as: UTF8.self)) {
            return date
        }
        let today = LegalDate.inIndia(now)
        try FileBytes.replace(path: path, with: Array("\(today)".utf8))
        return today
    }
}
