/// One page is read at a time. A wish that comes while one is under way means "once more afterwards", so that a stream
/// of commits neither piles up reads nor starves the screen, and the last change is never lost.
struct PageReading: Sendable, Hashable {
    /// Number of the newest request; answers to older ones are late.
    private(set) var number = 0
    private(set) var isUnderWay = false
    private(set) var isStale = false

    /// The number to ask with; nil when a read is under way already.
    mutating func refresh() -> Int? {
        guard isUnderWay else { return restart() }
        isStale = true
        return nil
    }

    /// Another page, filter or sort: what is being read is of no more use.
    mutating func restart() -> Int {
        number += 1
        isUnderWay = true
        isStale = false
        return number
    }

    /// The desk was locked: what was asked before is not answered any more.
    mutating func abandon() { isUnderWay = false }

    /// Takes note of an answer; false for a late one.
    mutating func finish(_ answered: Int) -> Bool {
        guard isUnderWay, answered == number else { return false }
        isUnderWay = false
        return true
    }
}
