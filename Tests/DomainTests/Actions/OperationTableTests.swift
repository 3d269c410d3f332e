import Domain
import Testing

/// The table of states, explored whole: what must be impossible is impossible on every path, however long.
@Suite("Ways of an action") struct OperationTableTests {
    private typealias Way = (from: OperationState, event: OperationEvent, to: OperationState)

    /// What `next` answers for every event in every state: what the program goes by, not the list it is made of.
    private static let ways: [Way] = OperationState.allCases.flatMap { state in
        OperationEvent.allCases.compactMap { event in
            OperationTable.next(state, event).map { (state, event, $0) }
        }
    }

    /// Every state that can be reached from `start` by ways that `isAllowed`.
    private func reachable(
        from start: Set<OperationState>, by isAllowed: (Way) -> Bool
    ) -> Set<OperationState> {
        var reached = start
        var waiting = Array(start)
        while let state = waiting.popLast() {
            for way in Self.ways where way.from == state && isAllowed(way) {
                if reached.insert(way.to).inserted { waiting.append(way.to) }
            }
        }
        return reached
    }

    @Test("From doubt no path leads to a request without a proof that the authority holds nothing")
    func doubt() {
        for start in OperationState.allCases where start.isInDoubt || start == .pending || start == .conflict {
            let without = reachable(from: [start]) { !$0.event.provesAbsence }
            #expect(start == .intent || !without.contains(.intent), "\(start)")
            #expect(!without.contains(.queued) && !without.contains(.resendOk), "\(start)")
        }
        // With the proof there is a way: nothing in doubt stays so for good.
        #expect(reachable(from: [.unknown]) { _ in true }.contains(.intent))
    }

    @Test("Doubt is left by looking alone, or by a person")
    func leaving() {
        let ways = Set(OperationTable.events(in: .unknown))
        #expect(ways == [.look, .giveUp])
        #expect(OperationTable.next(.unknown, .enqueue) == nil && OperationTable.next(.intent, .enqueue) == nil)
        #expect(OperationTable.next(.unknown, .notSent) == nil && OperationTable.next(.unknown, .refused) == nil)
    }

    @Test("A request leaves from the queue alone, and the queue is entered only where nothing is held")
    func sending() {
        let ways = Self.ways
        #expect(Set(ways.filter { $0.to == .intent }.map(\.from)) == [.queued])
        #expect(Set(ways.filter { $0.to == .queued }.map(\.from)) == [.approved, .notSent, .resendOk, .attention])
        // From a person's hands only by the look back at the evidence.
        #expect(ways.filter { $0.from == .attention && $0.to == .queued }.map(\.event) == [.resumed])
        #expect(ways.filter { $0.to == .resendOk }.allSatisfy { $0.event.provesAbsence })
        #expect(ways.filter { $0.to == .notSent }.allSatisfy { $0.event == .notSent })
        // "Nothing left" is a proof only of the attempt that is open, or before there is one.
        #expect(Set(ways.filter { $0.event == .notSent }.map(\.from)) == [.queued, .intent])
    }

    @Test("What is finished stays as it is, and everything can be finished")
    func ends() {
        for state in OperationState.allCases {
            #expect(state.isFinished == OperationTable.events(in: state).isEmpty, "\(state)")
            #expect(reachable(from: [state]) { _ in true }.contains { $0.isFinished }, "\(state)")
            #expect(reachable(from: [.draft]) { _ in true }.contains(state), "\(state)")
        }
    }

    @Test("What was sent is never discarded without a proof")
    func discarding() {
        let sent = reachable(from: [.intent]) { !$0.event.provesAbsence }
        #expect(!sent.contains(.discarded))
    }

    @Test("A refusal ends what is sent, open, or looked at, and a conflict by a person; doubt alone is no refusal")
    func refusals() {
        #expect(
            Set(Self.ways.filter { $0.event == .refused }.map(\.from)) == [.intent, .pending, .reconciling, .conflict])
        #expect(Self.ways.filter { $0.event == .neverSent }.map(\.from) == [.attention])
        #expect(Self.ways.filter { $0.event == .resumed }.map(\.from) == [.attention])
    }

    @Test("A person can end whatever waits for one, and nothing else")
    func choices() {
        for state in OperationState.allCases {
            for choice in [OperationChoice.found, .sendAgain, .giveUp] {
                #expect((choice.events(in: state) != nil) == state.needsPerson, "\(choice) \(state)")
            }
            if state.isFinished {
                #expect(OperationChoice.allCases.allSatisfy { $0.events(in: state) == nil }, "\(state)")
            }
        }
        #expect(OperationChoice.giveUp.events(in: .conflict) == [.refused])
        #expect(OperationChoice.giveUp.events(in: .attention) == [.personNotFound, .discard])
        // A request leaves after a person's word alone.
        #expect(OperationChoice.sendAgain.events(in: .conflict)?.allSatisfy(\.provesAbsence) == true)
        #expect(OperationChoice.hurry.events(in: .intent) == nil && OperationChoice.discard.events(in: .unknown) == nil)
    }

    @Test("Each event leads from a state to one other, and what is listed is what counts")
    func unambiguous() {
        var seen: Set<String> = []
        for step in OperationTable.steps {
            #expect(seen.insert("\(step.from) \(step.event)").inserted, "\(step)")
            #expect(OperationTable.next(step.from, step.event) == step.to)
        }
        #expect(Self.ways.count == OperationTable.steps.count)
    }

    @Test("Words for people are there and differ")
    func words() {
        #expect(Set(OperationState.allCases.map(\.title)).count == OperationState.allCases.count)
        #expect(OperationState.allCases.allSatisfy { !$0.meaning.isEmpty })
    }
}
