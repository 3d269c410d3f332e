internal import Domain
internal import GRDB

final class CounterDeltas {
    func flush(_ db: Database) throws {}
}
