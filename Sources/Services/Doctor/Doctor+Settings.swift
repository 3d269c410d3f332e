extension Doctor {
    /// What somebody who understands a setting says about it.
    public struct SettingRemark: Sendable, Hashable {
        public var grade: Finding.Grade
        /// Such as `keys.fetch`.
        public var key: String
        public var what: String
        public var remedy: String

        public init(grade: Finding.Grade, key: String, what: String, remedy: String) {
            self.grade = grade
            self.key = key
            self.what = what
            self.remedy = remedy
        }
    }

    /// The settings with their file and line; what is no valid setting keeps the workspace from being opened at all.
    func settings(_ workspace: Workspace) -> [Finding] {
        let remarks = checkSettings(workspace.settings)
        guard !remarks.isEmpty else {
            return [Finding(grade: .ok, subject: "settings", message: "\(home.configuration) is in order")]
        }
        let lines = TomlLines((try? SmallTextFile.read(home.configuration)) ?? "")
        return remarks.map { remark in
            let line = lines.number(of: remark.key)
            let place = line > 0 ? "\(home.configuration):\(line)" : home.configuration
            return Finding(
                grade: remark.grade, subject: "settings",
                message: "\(place): \(remark.key): \(remark.what). \(remark.remedy).")
        }
    }
}
