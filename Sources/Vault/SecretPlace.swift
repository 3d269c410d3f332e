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

    var associatedData: [UInt8] {
        let texts = ["secret/v1", tenant, table, row, column].map { Array($0.utf8) }
        return LengthPrefixed.bytes(texts + [version.bigEndianBytes, Self.schema.bigEndianBytes])
    }

    private static let schema: UInt32 = 1
}
