/// What was done on a screen last and can be taken back. It is given up only when taking it back has worked.
struct LastDeed<Value: Sendable>: Sendable {
    private(set) var value: Value?
    private var beingUndone: Value?

    mutating func remember(_ deed: Value?) { (value, beingUndone) = (deed, nil) }

    /// What to take back; not offered again until that is answered.
    mutating func undo() -> Value? {
        beingUndone = value
        value = nil
        return beingUndone
    }

    /// Takes note of how that went. A deed that was done since has its place.
    mutating func undone(_ hasWorked: Bool) {
        if !hasWorked, value == nil { value = beingUndone }
        beingUndone = nil
    }
}

extension Ticket {
    /// Number of the request that takes the last deed back; no list and no screen asks anything else with it.
    static let undo = -100
}
