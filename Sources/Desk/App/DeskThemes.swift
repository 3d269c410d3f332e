import Domain
import Services
import TerminalKit

/// Themes by name, for the desk's start, `doctor` and the command line, which never speaks to the terminal layer itself.
public enum DeskThemes {
    public static func names(in folders: [String]) -> [String] { Theme.names(searchPaths: folders) }

    /// What is wrong or doubtful with the theme that a name stands for.
    public enum Standing: Sendable {
        case fine
        /// It is used, though something of it is missing or hard to read.
        case doubtful([ConfigurationProblem])
        /// It is not used.
        case unusable(ConfigurationProblem?)

        /// `2 findings`; empty for one that is fine.
        public var summary: String {
            switch self {
            case .fine: ""
            case .doubtful(let problems): Counted.text(problems.count, "finding")
            case .unusable: "cannot be used"
            }
        }
    }

    public static func standing(of name: String, in folders: [String]) -> Standing {
        look(name, in: folders).standing
    }

    /// The theme to paint with, and how it stands: `dark` in the place of one that cannot be used.
    static func look(_ name: String, in folders: [String]) -> (theme: Theme, standing: Standing) {
        do throws(ThemeFailure) {
            let (theme, doubts) = try Theme.load(named: name, searchPaths: folders)
            return (theme, doubts.isEmpty ? .fine : .doubtful(doubts.map(problem)))
        } catch {
            return (.dark, .unusable(error.problems.first.map(problem)))
        }
    }

    /// Each mistake with its place; empty when the file is fine.
    public static func check(_ file: String) -> [ConfigurationProblem] {
        Theme.check(file).map(problem)
    }

    private static func problem(_ problem: ThemeProblem) -> ConfigurationProblem {
        ConfigurationProblem(file: problem.file, line: problem.line, key: problem.key, message: problem.message)
    }
}
