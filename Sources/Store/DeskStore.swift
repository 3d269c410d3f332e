public import Domain

public final class DeskStore: Sendable {
    public enum Access: Sendable { case readOnly, readWrite }
    public init(
        file: String, lockFile: String, wakeFile: String, access: Access, clock: @escaping @Sendable () -> Instant
    ) throws(StoreProblem) { throw later as StoreProblem }
    public static func exists(file: String) -> Bool { false }
    public func readNow<T>(_ body: (StoreReader) throws -> T) throws -> T { throw later }
    public func read<T: Sendable>(_ body: @escaping @Sendable (StoreReader) throws -> T) async throws -> T {
        throw later
    }
    public func write<T: Sendable>(_ body: @escaping @Sendable (StoreWriter) throws -> T) async throws -> T {
        throw later
    }
    public func writeNow<T: Sendable>(_ body: @escaping @Sendable (StoreWriter) throws -> T) throws -> T { throw later }
    public func checkpoint() async {}
    public func close() {}
    public var batchStatistics: (commits: Int, bodies: Int) { (0, 0) }
    public func checkIntegrity() async throws -> [String] { throw later }
}
