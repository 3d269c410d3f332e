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

/// Ends a connection before any byte of an answer: the frames of a web socket are asked for before its header is sent.
struct RefusingSocket: WSHandler {
    func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
        throw BrokenBody.Broken()
    }
}
