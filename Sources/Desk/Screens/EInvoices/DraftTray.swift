import Domain
import Services

/// Which files are being prepared, and what of them a person has put aside.
public struct DraftChoice: Hashable, Sendable {
    var paths: [String] = []
    /// Ids of drafts that were removed from the list; their files stay.
    var removed: Set<String> = []
}

/// The drafts of the chosen files as they were found when the files were read last.
struct DraftTray: Sendable {
    private(set) var choice: DraftChoice
    /// nil before the files were read.
    private(set) var survey: InvoiceSurvey?
    /// What is being read; nil when nothing is.
    private var reading: [String]?
    /// Whether it is read because a person added files.
    private(set) var isAdding = false
    /// What was being read or sent when the desk was locked.
    private var brokenOff: [String]?
    var isChecking: Bool { reading != nil }
    /// How far that is.
    var progress: (done: Int, total: Int)?
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
    /// How many of the files' invoices were asked for already; they stand in the list as invoices.
    private(set) var standing = 0
    /// How many of those the portal registered.
    private(set) var registered = 0
    /// How many of those wait for a person.
    private(set) var stopped = 0

    private mutating func sort() {
        let left = (survey?.drafts ?? []).filter { draft in
            !choice.removed.contains(draft.id) && (draft.known == nil || draft.refusal != nil)
        }
        let inOrder = left.filter(\.isInOrder)
        drafts = left.filter { !$0.isInOrder } + inOrder
        ready = inOrder.count
        let known = (survey?.drafts ?? []).filter { $0.refusal == nil }.compactMap(\.known)
        standing = known.count
        registered = known.count { $0 == .filed }
        stopped = known.count(where: \.needsPerson)
    }

    /// What would be registered: of these drafts those in order.
    func chosen(_ meant: [InvoiceSurvey.Draft]) -> InvoiceSurvey? {
        let wanted = Set(meant.map(\.id))
        return survey?.only { $0.isInOrder && wanted.contains($0.id) }
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
        (reading, isAdding, progress) = (paths, path != nil, nil)
        return paths
    }

    mutating func take(_ found: InvoiceSurvey) {
        forgetReading()
        survey = found
        choice.paths = found.paths
        sort()
    }

    /// What was under way is not answered any more, or could not be done.
    mutating func forgetWork() {
        forgetReading()
        isSending = false
    }

    private mutating func forgetReading() { (reading, isAdding, brokenOff, progress) = (nil, false, nil, nil) }

    /// Nobody hears what comes of it while the desk is locked: it is to be read again.
    mutating func breakOff() {
        brokenOff = reading ?? (isSending ? choice.paths : brokenOff)
        (reading, isSending, progress) = (nil, false, nil)
    }

    /// - Returns: what a lock broke off and is to be read now; nil when there is nothing.
    mutating func resume() -> [String]? {
        guard reading == nil, let paths = brokenOff else { return nil }
        (reading, brokenOff) = (paths, nil)
        return paths
    }

    // MARK: Removing

    mutating func remove(_ drafts: [InvoiceSurvey.Draft]) {
        lastRemoved = Set(drafts.map(\.id))
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
