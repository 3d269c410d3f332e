/// Many commits in one moment make one reload: people see no more than some twenty changes a second.
///
/// The last change is never lost: the gate opens again before the reload begins, so whatever is committed from then on
/// makes another one.
@MainActor
final class ChangeGate {
    private let after: (@escaping @MainActor () -> Void) -> Void
    private let reload: @MainActor () -> Void
    private var isPending = false

    /// - Parameter after: runs its argument once the moment is over.
    init(after: @escaping (@escaping @MainActor () -> Void) -> Void, reload: @escaping @MainActor () -> Void) {
        self.after = after
        self.reload = reload
    }

    func note() {
        guard !isPending else { return }
        isPending = true
        after { [weak self] in
            guard let self else { return }
            isPending = false
            reload()
        }
    }
}
