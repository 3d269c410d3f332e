import Glibc
import Synchronization

/// A little memory for secrets: never swapped, never in a core dump, wiped in a forked child, between two pages that
/// may not be touched. Locking goes by pages, so secrets share pages of their own and never unlock one another's.
final class SecretArena: Sendable {
    static let shared = SecretArena()

    /// Parts of the arena that a secret takes.
    struct Span: Hashable {
        var chunk: Int
        var first: Int
        var count: Int
    }

    static let unit = 64
    private static let unitsPerChunk = 1_024
    /// One megabyte: an eighth of what a user may lock on a default installation.
    private static let mostChunks = 16

    // @unchecked: the memory is handed out once, under the lock, and used by one owner.
    private struct Chunk: @unchecked Sendable {
        var memory: UnsafeMutableRawPointer
        var isLocked: Bool
        var taken: [Bool]
    }

    private let chunks = Mutex<[Chunk]>([])

    /// Whether all memory handed out so far is locked; false when the system's limit is lower.
    var isLocked: Bool { chunks.withLock { $0.allSatisfy(\.isLocked) } }

    /// nil when the secret is too long or the arena is full.
    func take(byteCount: Int) -> (span: Span, memory: UnsafeMutableRawBufferPointer)? {
        let wanted = max((byteCount + Self.unit - 1) / Self.unit, 1)
        guard wanted <= Self.unitsPerChunk else { return nil }
        return chunks.withLock { chunks in
            for index in chunks.indices {
                if let first = Self.free(wanted, in: chunks[index].taken) {
                    return Self.mark(&chunks, Span(chunk: index, first: first, count: wanted))
                }
            }
            guard chunks.count < Self.mostChunks, let chunk = Self.makeChunk() else { return nil }
            chunks.append(chunk)
            return Self.mark(&chunks, Span(chunk: chunks.count - 1, first: 0, count: wanted))
        }
    }

    /// The memory must have been wiped.
    func give(back span: Span) {
        chunks.withLock { chunks in
            for unit in span.first..<(span.first + span.count) { chunks[span.chunk].taken[unit] = false }
        }
    }

    private static func mark(_ chunks: inout [Chunk], _ span: Span) -> (Span, UnsafeMutableRawBufferPointer) {
        for unit in span.first..<(span.first + span.count) { chunks[span.chunk].taken[unit] = true }
        let start = chunks[span.chunk].memory + span.first * unit
        return (span, UnsafeMutableRawBufferPointer(start: start, count: span.count * unit))
    }

    private static func free(_ wanted: Int, in taken: [Bool]) -> Int? {
        var run = 0
        for (index, isTaken) in taken.enumerated() {
            run = isTaken ? 0 : run + 1
            if run == wanted { return index + 1 - wanted }
        }
        return nil
    }

    private static func makeChunk() -> Chunk? {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let size = unit * unitsPerChunk
        let mapped = mmap(nil, size + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let mapped, mapped != MAP_FAILED else { return nil }
        let memory = mapped + page
        guard mprotect(memory, size, PROT_READ | PROT_WRITE) == 0 else {
            munmap(mapped, size + 2 * page)
            return nil
        }
        let isLocked = mlock(memory, size) == 0
        madvise(memory, size, Int32(MADV_DONTDUMP))
        madvise(memory, size, Int32(MADV_WIPEONFORK))
        return Chunk(memory: memory, isLocked: isLocked, taken: [Bool](repeating: false, count: unitsPerChunk))
    }
}
