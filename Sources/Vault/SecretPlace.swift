/// Where a sealed value belongs. It is bound into the seal, so a value moved to another row or an older version put
/// back does not open (facts: reliability 7.3).
public struct SecretPlace: Hashable, Sendable {
    public var tenant: String
    public var table: String
    public var row: String
    public var column: String
    public var version: UInt64

    public init(tenant: String = "desk", table: String, row: String, column: String, version: UInt64) {
        self.tenant = tenant
        self.table = table
        self.row = row
        self.column = column
        self.version = version
    }

    /// Each part is preceded by its length in four big-endian bytes: no two places share their bytes.
    var associatedData: [UInt8] {
        var bytes: [UInt8] = []
        for part in ["secret/v1", tenant, table, row, column] { bytes.append(lengthPrefixed: Array(part.utf8)) }
        bytes.append(lengthPrefixed: version.bigEndianBytes)
        bytes.append(lengthPrefixed: Self.schema.bigEndianBytes)
        return bytes
    }

    private static let schema: UInt32 = 1
}

extension [UInt8] {
    fileprivate mutating func append(lengthPrefixed part: [UInt8]) {
        append(contentsOf: UInt32(part.count).bigEndianBytes)
        append(contentsOf: part)
    }
}

extension FixedWidthInteger {
    fileprivate var bigEndianBytes: [UInt8] { Swift.withUnsafeBytes(of: bigEndian) { Array($0) } }
}
