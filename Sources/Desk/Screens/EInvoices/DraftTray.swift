import Domain
import Services

/// Which files are being prepared, and what of them a person has put aside.
public struct DraftChoice: Hashable, Sendable {
    var paths: [String] = []
    /// Sources of drafts that were removed from the list; their files stay.
    var removed: Set<String> = []
}

/// The drafts of the chosen files as they were found when the files were read last.
struct DraftTray: Sendable {
    private(set) var choice: DraftChoice
    /// nil before the files were read.
    private(set) var survey: InvoiceSurvey?
    private(set) var isChecking = false
    var isSending = false
    /// That a person chose; nil for the best, one that fails giving way to another.
    private var chosenProvider: String?
    private var lastRemoved: Set<String> = []

    init(_ choice: DraftChoice) { self.choice = choice }

    var isEmpty: Bool { choice.paths.isEmpty }
    var canUndo: Bool { !choice.removed.isEmpty }

    var provider: ActionProvider? {
        let providers = survey?.providers ?? []
        return providers.first { $0.name == chosenProvider } ?? providers.first
    }
    var isProviderChosen: Bool { chosenProvider != nil }
    var hasOtherProvider: Bool { (survey?.providers.count ?? 0) > 1 }

    mutating func chooseNextProvider() {
        guard let providers = survey?.providers, !providers.isEmpty else { return }
        let place = providers.firstIndex { $0.name == provider?.name } ?? 0
        chosenProvider = providers[(place + 1) % providers.count].name
    }

    /// What is not registered and was not removed: what a person has to do something about comes first.
    private(set) var drafts: [InvoiceSurvey.Draft] = []
    /// How many of them would be registered now.
    private(set) var ready = 0
    /// Those whose registration stands already are invoices, and stand in the list as such.
    private(set) var registered = 0

    private mutating func sort() {
        let left = (survey?.drafts ?? []).filter { draft in
            !choice.removed.contains(draft.source) && (draft.known == nil || draft.refusal != nil)
        }
        let inOrder = left.filter(\.isInOrder)
        drafts = left.filter { !$0.isInOrder } + inOrder
        ready = inOrder.count
        registered = survey?.drafts.count { $0.known != nil && $0.refusal == nil } ?? 0
    }

    /// What would be registered: of these drafts those in order.
    func chosen(_ meant: [InvoiceSurvey.Draft]) -> InvoiceSurvey? {
        let wanted = Set(meant.map(\.source))
        return survey?.only { $0.isInOrder && wanted.contains($0.source) }
    }

    // MARK: Reading

    /// - Parameter path: another one; one that was chosen before brings back what was removed.
    /// - Returns: what is to be read; nil when there is nothing.
    mutating func check(adding path: String? = nil) -> [String]? {
        var paths = choice.paths
        if let path {
            if paths.contains(path) { choice.removed = [] } else { paths.append(path) }
        }
        guard !paths.isEmpty else { return nil }
        isChecking = true
        return paths
    }

    mutating func take(_ found: InvoiceSurvey) {
        isChecking = false
        survey = found
        choice.paths = found.paths
        sort()
    }

    /// What was under way is not answered any more, or could not be done.
    mutating func forgetWork() { (isChecking, isSending) = (false, false) }

    // MARK: Removing

    mutating func remove(_ drafts: [InvoiceSurvey.Draft]) {
        lastRemoved = Set(drafts.map(\.source))
        choice.removed.formUnion(lastRemoved)
        sort()
    }

    /// Brings back what was removed last; after other screens were looked at, all of it.
    mutating func undo() {
        choice.removed.subtract(lastRemoved.isEmpty ? choice.removed : lastRemoved)
        lastRemoved = []
        sort()
    }
}
