import Domain
import Services
import TerminalKit

/// Opens the desk on a workspace: settings, theme, first paint, then the loop.
@MainActor
public enum DeskStart {
    /// What the environment says about the terminal, and who uses it.
    public struct Surroundings: Sendable {
        public var environment: [String: String]
        /// Asked for when a theme file is wanted.
        public var themeFolders: @Sendable () -> [String]
        public var person: Person?
        /// Where saved logs and exports go by default.
        public var folder: String

        public init(
            environment: [String: String], themeFolders: @escaping @Sendable () -> [String], person: Person?,
            folder: String
        ) {
            self.environment = environment
            self.themeFolders = themeFolders
            self.person = person
            self.folder = folder
        }
    }

    /// Takes over the terminal. `onExit` gets the exit status after the terminal has been given back.
    ///
    /// - Parameter held: a terminal that is ours already; it stays the caller's when this throws.
    public static func open(
        _ workspace: Workspace, _ surroundings: Surroundings, on held: HeldTerminal? = nil,
        onExit: @escaping @MainActor (Int32) -> Void
    ) throws(Complaint) -> DeskLoop {
        var problems: [StartProblem] = []
        let settings = try deskSettings(workspace, surroundings)
        var keys = KeyMap(custom: workspace.settings.keys)
        problems += (keys.problems + keys.losses).map { StartProblem(what: "config.toml", why: $0) }
        let theme = theme(workspace, surroundings, &problems)
        let query = ActivityQuery(
            sort: settings.activitySort, page: 1, perPage: settings.pageSize(of: .activityPageSize))
        let first = surroundings.person == nil ? nil : try workspace.firstPaint(query)
        let terminal = try terminal(held, theme, workspace, surroundings)
        keys.isAscii = !terminal.isUnicode
        let now = workspace.now
        var model = DeskModel(
            size: terminal.size, settings: settings, keys: keys, isSandbox: workspace.seemsSimulated, now: now,
            utcOffset: workspace.utcOffset(at: now),
            user: surroundings.person, isDemo: workspace.home.isDemo, isMouseOn: workspace.settings.desk.mouse)
        var effects: [Effect] = []
        if let first {
            effects = model.start(summary: first.summary, page: first.page) + [.openVault]
        } else {
            model.startLocked()
        }
        effects.append(.checkSimulation(shown: model.isSandbox))
        let loop = DeskLoop(
            workspace: workspace, model: model, terminal: terminal, onExit: onExit)
        loop.start(effects, notices: StartProblem.told(problems))
        return loop
    }

    private static func terminal(
        _ held: HeldTerminal?, _ theme: Theme, _ workspace: Workspace, _ surroundings: Surroundings
    ) throws(Complaint) -> Terminal {
        let mouse = workspace.settings.desk.mouse
        let pictures = PictureChoice(workspace.settings.desk.pictures)
        guard let terminal = held?.terminal else {
            return try Terminal.opened(
                for: theme, surroundings.environment, reportsMouse: mouse, pictures: pictures)
        }
        terminal.theme = theme
        terminal.reportsMouse = mouse
        terminal.pictures = pictures
        return terminal
    }

    static func deskSettings(
        _ workspace: Workspace, _ surroundings: Surroundings
    ) throws(Complaint) -> DeskSettings {
        let kept = try workspace.remembered(DeskSetting.allCases.map(\.rawValue))
        var settings = DeskSettings(
            pageSize: workspace.settings.desk.pageSize, exportFolder: surroundings.folder,
            passwordTries: workspace.settings.worker.passwordTries)
        for setting in DeskSetting.allCases {
            if let value = kept[setting.rawValue] { settings.apply(setting, value) }
        }
        return settings
    }

    /// The compiled-in theme unless another was chosen; what is wrong with its file is named, and the desk opens all the
    /// same.
    static func theme(_ workspace: Workspace, _ surroundings: Surroundings, _ problems: inout [StartProblem]) -> Theme {
        let name = workspace.settings.desk.theme
        guard name != "dark" else { return .dark }
        let (theme, standing) = DeskThemes.look(name, in: surroundings.themeFolders())
        switch standing {
        case .fine: break
        case .doubtful(let doubts):
            let why = doubts.first?.description ?? ""
            problems.append(StartProblem(what: "Theme \(name): \(standing.summary)", why: why))
        case .unusable(let problem):
            let why = problem?.description ?? "it was not found"
            problems.append(StartProblem(what: "Theme \(name) is not used", why: why))
        }
        return theme
    }
}

extension PictureChoice {
    fileprivate init(_ setting: Settings.Pictures) {
        self =
            switch setting {
            case .auto: .auto
            case .blocks: .blocks
            case .kitty: .kitty
            case .sixel: .sixel
            }
    }
}
