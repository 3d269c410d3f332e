import Glibc
import Synchronization

/// Says which mutation each lane is at, in memory that outlives the process: a trap ends it on the spot.
///
/// The lines stand in a file, and a handler writes them to standard error when the process is struck down.
final class FuzzMark: Sendable {
    private static let width = 96
    static let lanes = 8
    static let shared = FuzzMark(path: "/tmp/portaldesk-fuzz.\(getpid())")

    let path: String
    private let lines: UInt
    private let busy = Mutex([Bool](repeating: false, count: FuzzMark.lanes))

    private init(path: String) {
        self.path = path
        let size = Self.width * Self.lanes
        let file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        ftruncate(file, size)
        let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
        close(file)
        lines = memory == MAP_FAILED ? 0 : UInt(bitPattern: memory)
        guard lines != 0 else { return }
        let bytes = UnsafeMutablePointer<UInt8>(bitPattern: lines)
        bytes?.update(repeating: 32, count: size)
        for lane in 1...Self.lanes { bytes?[lane * Self.width - 1] = 10 }
        struckLines.store(lines, ordering: .releasing)
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE] { signal(number, sayWhereWeWere) }
    }

    func take() -> Int {
        busy.withLock { busy in
            let lane = busy.firstIndex(of: false) ?? 0
            busy[lane] = true
            return lane
        }
    }

    func set(_ lane: Int, _ text: String) {
        guard let line = UnsafeMutablePointer<UInt8>(bitPattern: lines + UInt(lane * Self.width)) else { return }
        var place = 0
        for byte in text.utf8.prefix(Self.width - 1) {
            line[place] = byte
            place += 1
        }
        while place < Self.width - 1 {
            line[place] = 32
            place += 1
        }
    }

    func give(_ lane: Int) {
        set(lane, "")
        let isIdle = busy.withLock { busy in
            busy[lane] = false
            return !busy.contains(true)
        }
        if isIdle { unlink(path) }
    }

    fileprivate static let size = FuzzMark.width * FuzzMark.lanes
}

/// The address of the lines, for a handler that may touch nothing else.
private let struckLines = Atomic<UInt>(0)

/// Only calls that a handler of signals may make.
private func sayWhereWeWere(_ number: Int32) {
    let said: StaticString = "\nstruck down while at (parser:seed:number):\n"
    write(STDERR_FILENO, said.utf8Start, said.utf8CodeUnitCount)
    if let lines = UnsafeRawPointer(bitPattern: struckLines.load(ordering: .acquiring)) {
        write(STDERR_FILENO, lines, FuzzMark.size)
    }
    signal(number, SIG_DFL)
    raise(number)
}
