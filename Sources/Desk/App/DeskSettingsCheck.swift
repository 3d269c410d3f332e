import Services
import TerminalKit

/// What of the settings only the desk understands: its keys and its theme. For `doctor`, which tells where they stand.
public enum DeskSettingsCheck {
    public static func remarks(_ settings: Settings, themeFolders: [String]) -> [Doctor.SettingRemark] {
        keys(settings) + theme(settings.desk.theme, themeFolders)
    }

    /// Of its keys alone.
    public static func keys(_ settings: Settings) -> [Doctor.SettingRemark] {
        let keys = KeyMap(custom: settings.keys)
        let ignored = keys.problems.map { remark($0, .problem) }
        let lost = keys.losses.map { remark($0, .warning) }
        return ignored + lost
    }

    /// What the desk says at its start begins with the setting.
    private static func remark(_ text: String, _ grade: Doctor.Finding.Grade) -> Doctor.SettingRemark {
        let end = text.firstRange(of: ": ")
        let key = end.map { String(text[..<$0.lowerBound]) } ?? "keys"
        let what = end.map { String(text[$0.upperBound...]) } ?? text
        let remedy =
            grade == .problem
            ? "Choose another one there, or take the line away: until then the key it came with holds"
            : "Take the line away to give it back, or choose a key for that command too"
        return Doctor.SettingRemark(grade: grade, key: key, what: what, remedy: remedy)
    }

    private static func theme(_ name: String, _ folders: [String]) -> [Doctor.SettingRemark] {
        // It is compiled in.
        guard name != Theme.dark.name else { return [] }
        switch DeskThemes.standing(of: name, in: folders) {
        case .fine: return []
        case .doubtful(let problems):
            let first = problems.first?.description ?? ""
            let more = problems.count > 1 ? ", and \(problems.count - 1) more" : ""
            return [
                Doctor.SettingRemark(
                    grade: .warning, key: "desk.theme", what: "the theme \(name) may be hard to read: \(first)\(more)",
                    remedy: "Mend its file; `portaldesk theme check FILE` says what is wrong")
            ]
        case .unusable(let problem):
            let why = problem?.description ?? "it was not found"
            let known = Theme.names(searchPaths: folders).filter { $0 != name }.joined(separator: ", ")
            return [
                Doctor.SettingRemark(
                    grade: .problem, key: "desk.theme", what: "the theme \(name) is not used: \(why)",
                    remedy: "Choose one of \(known), or mend its file; `portaldesk theme check FILE` says what is wrong"
                )
            ]
        }
    }
}
