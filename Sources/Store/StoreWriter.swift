internal import Domain
internal import GRDB

/// Changes to the workspace. All changes of one body are kept, or none. Valid only inside the call that gave it.
public struct StoreWriter {
    let db: Database
    let counters: CounterDeltas

    /// The questions, answered as this body has left things so far.
    public var reader: StoreReader { StoreReader(db, pending: counters) }
}
