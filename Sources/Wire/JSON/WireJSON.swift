import FoundationEssentials

/// JSON in and out of wire payloads.
public enum WireJSON {
    /// Why bytes are not the payload they should be; names the field, never its value.
    public struct Problem: Error, Sendable, Hashable {
        public var message: String
        public init(_ message: String) { self.message = message }
    }

    public struct Decoded<Payload: WirePayload>: Sendable {
        public var payload: Payload
        /// The whole as it came.
        public let raw: [UInt8]

        /// Names of fields that this version does not know, sorted. Looked for when asked.
        public var unknownFields: [String] {
            JSONFieldNames.all(in: raw).subtracting(Payload.fieldNames).sorted()
        }
    }

    /// - Throws: `Problem` when the bytes are no JSON or lack a field.
    public static func decode<Payload: WirePayload>(
        _ type: Payload.Type, from bytes: [UInt8]
    ) throws(Problem) -> Decoded<Payload> {
        if JSONDepth.isTooDeep(bytes) { throw Problem("it is nested too deeply") }
        let payload: Payload
        do {
            let decoder = JSONDecoder()
            if let key = WireSource.key { decoder.userInfo[key] = WireSource(bytes) }
            payload = try decoder.decode(type, from: Data(bytes))
        } catch let error as DecodingError {
            throw Problem(describe(error))
        } catch {
            throw Problem("it is not JSON")
        }
        return Decoded(payload: payload, raw: bytes)
    }

    /// Compact JSON with sorted keys, so that the same payload always has the same bytes.
    public static func encode(_ payload: some WirePayload) throws(Problem) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(payload))
        } catch {
            throw Problem("it cannot be written as JSON")
        }
    }

    private static func describe(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "field \(path(context, key.stringValue)) is missing"
        case .typeMismatch(_, let context): "field \(path(context)) has another type"
        case .valueNotFound(_, let context): "field \(path(context)) is null"
        case .dataCorrupted(let context):
            context.codingPath.isEmpty ? "it is not JSON" : "field \(path(context)) has an unknown value"
        @unknown default: "it has another shape"
        }
    }

    private static func path(_ context: DecodingError.Context, _ last: String? = nil) -> String {
        (context.codingPath.map(\.stringValue) + (last.map { [$0] } ?? [])).joined(separator: ".")
    }
}
