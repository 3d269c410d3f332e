import FlyingFox
import FlyingSocks

/// Ends a connection where a body should come.
struct BrokenBody: AsyncBufferedSequence {
    typealias Element = UInt8

    struct Broken: Error {}

    struct AsyncIterator: AsyncBufferedIteratorProtocol {
        mutating func next() async throws -> UInt8? { throw Broken() }
        mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? { throw Broken() }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator() }
}

/// The first bytes of a body, then a broken connection; or all of them, one at a time with a second in between.
struct SpoiltBody: AsyncBufferedSequence {
    typealias Element = UInt8

    var bytes: ArraySlice<UInt8>
    var isSlow = false

    struct AsyncIterator: AsyncBufferedIteratorProtocol {
        var left: ArraySlice<UInt8>
        let isSlow: Bool

        mutating func next() async throws -> UInt8? {
            guard let byte = left.popFirst() else { throw BrokenBody.Broken() }
            if isSlow { try await Task.sleep(for: .seconds(1)) }
            return byte
        }

        mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
            if isSlow { return try await next().map { [$0] } }
            guard !left.isEmpty else { throw BrokenBody.Broken() }
            defer { left = left.dropFirst(count) }
            return left.prefix(count)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(left: bytes, isSlow: isSlow) }
}

/// Ends a connection before any byte of an answer: the frames of a web socket are asked for before its header is sent.
struct RefusingSocket: WSHandler {
    /// How long the connection is kept open without a byte.
    var wait: Duration = .zero

    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
        if wait > .zero { try await Task.sleep(for: wait) }
        throw BrokenBody.Broken()
    }
}
