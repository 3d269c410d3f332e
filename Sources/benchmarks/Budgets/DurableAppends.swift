import Foundation

/// The disk's own rate: appends of 4 KiB, each made durable by fdatasync.
struct DurableAppends: ~Copyable {
    private let path: String
    private let descriptor: Int32
    private let block = [UInt8](repeating: 7, count: 4_096)

    init(folder: String) throws {
        path = "\(folder)/append"
        descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// Milliseconds for this many.
    func run(_ count: Int) -> Double {
        ContinuousClock().measure {
            for _ in 0..<count {
                _ = write(descriptor, block, block.count)
                fdatasync(descriptor)
            }
        }.inMilliseconds
    }
}

/// Processor time of this process so far, user and system, in milliseconds.
enum ProcessorTime {
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
    }
}
