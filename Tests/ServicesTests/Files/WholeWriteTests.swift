import Foundation
import Services
import Testing

@Suite struct WholeWriteTests {
    @Test func whatDoesNotFitIsToldAndNotCutShort() throws {
        let full = open("/dev/full", O_WRONLY)
        try #require(full >= 0)
        defer { close(full) }
        let code = [UInt8](repeating: 7, count: 64).withUnsafeBytes { WholeWrite.write($0, to: full) }
        #expect(code == ENOSPC)
    }

    /// A pipe takes what it has room for; the rest is written when there is room again.
    @Test func whatTakesSeveralCallsArrivesWhole() async throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let (reading, writing) = (ends[0], ends[1])
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        async let code = withCheckedContinuation { done in
            Thread.detachNewThread {
                let code = bytes.withUnsafeBytes { WholeWrite.write($0, to: writing) }
                close(writing)
                done.resume(returning: code)
            }
        }
        let read = await withCheckedContinuation { done in
            Thread.detachNewThread {
                done.resume(returning: FileHandle(fileDescriptor: reading, closeOnDealloc: true).readDataToEndOfFile())
            }
        }
        #expect(await code == 0 && Array(read) == bytes)
    }
}
