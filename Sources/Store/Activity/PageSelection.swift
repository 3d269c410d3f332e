/// Finds the rows at given positions of an unsorted list without sorting all of it.
enum PageSelection {
    struct Hit: Comparable {
        var time: Int64
        var id: Int64
        static func < (left: Hit, right: Hit) -> Bool {
            left.time == right.time ? left.id < right.id : left.time < right.time
        }
    }

    /// The hits at the ascending positions `from ..< from + count`, in order. Leaves `hits` in another order.
    static func page(_ hits: inout [Hit], from: Int, count: Int) -> ArraySlice<Hit> {
        let end = min(from + count, hits.count)
        guard from < end else { return [] }
        hits.withUnsafeMutableBufferPointer { hits in
            part(&hits, at: from, in: 0..<hits.count)
            if end < hits.count { part(&hits, at: end, in: from..<hits.count) }
            hits[from..<end].sort()
        }
        return hits[from..<end]
    }

    /// Hoare's selection: afterwards nothing before `position` is greater than anything from it on.
    private static func part(_ hits: inout UnsafeMutableBufferPointer<Hit>, at position: Int, in range: Range<Int>) {
        var (low, high) = (range.lowerBound, range.upperBound - 1)
        while low < high {
            let pivot = median(hits[low], hits[low + (high - low) / 2], hits[high])
            var (left, right) = (low, high)
            while left <= right {
                while hits[left] < pivot { left += 1 }
                while pivot < hits[right] { right -= 1 }
                if left <= right {
                    hits.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if position <= right {
                high = right
            } else if position >= left {
                low = left
            } else {
                return
            }
        }
    }

    private static func median(_ a: Hit, _ b: Hit, _ c: Hit) -> Hit { max(min(a, b), min(max(a, b), c)) }
}
