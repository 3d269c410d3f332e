import Domain
import Testing

@testable import Store

/// What is missing from a count, however calls ended among each other and in whatever blocks they are read.
@Suite("The count of calls")
struct CallTallyTests {
    private func tally(_ numbers: [Int64], blocks: Int, open: [Int64] = [], last: Int64 = 0) -> CallTally {
        var tally = CallTally()
        let size = max(1, numbers.count / blocks)
        for start in stride(from: 0, to: numbers.count, by: size) {
            var block = CallTally()
            for number in numbers[start..<min(start + size, numbers.count)] { block.note(number) }
            block.close()
            tally.append(block)
        }
        tally.begun = .init(last: last, open: open)
        return tally
    }

    @Test("finds those that are missing and those that stand twice, and nothing else", arguments: 1...60)
    func found(seed: Int) {
        var numbers = SplitMix(state: UInt64(seed))
        let count = Int64.random(in: 1...300, using: &numbers)
        var order = Array(1...count)
        // Calls that are under way together end in any order.
        for index in order.indices {
            let other = min(order.count - 1, index + Int.random(in: 0...9, using: &numbers))
            order.swapAt(index, other)
        }
        var open: [Int64] = []
        var wanted: Set<Int64> = []
        for _ in 0..<Int.random(in: 0...4, using: &numbers) where !order.isEmpty {
            let taken = order.remove(at: Int.random(in: order.indices, using: &numbers))
            if Bool.random(using: &numbers) { open.append(taken) } else { wanted.insert(taken) }
        }
        if seed % 3 == 0, let twice = order.randomElement(using: &numbers) {
            order.insert(twice, at: Int.random(in: order.indices, using: &numbers))
            wanted.insert(twice)
        }
        for blocks in [1, 2, 7] {
            let tally = tally(order, blocks: blocks, open: open.sorted(), last: count)
            #expect(Set(tally.lost(limit: 400)) == wanted, "\(order) without \(open)")
            #expect(tally.lost().count == min(1, wanted.count))
            let half = count / 2
            #expect(Set(tally.lost(after: half, limit: 400)) == wanted.filter { $0 > half })
        }
    }

    @Test("begins behind what an older program recorded, and with the first where there is none")
    func beginning() {
        #expect(tally([0, 0, 7, 8], blocks: 1).lost().isEmpty)
        #expect(tally([0, 0, 7, 9], blocks: 1).lost() == [8])
        #expect(tally([7, 8], blocks: 1).lost() == [1])
        #expect(tally([], blocks: 1).lost().isEmpty)
        #expect(tally([], blocks: 1, last: 3).lost() == [1])
    }
}
