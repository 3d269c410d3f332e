import Wire

/// Reads one payload of a wire as its connector does, and holds it to what is true of every payload.
enum PayloadReading {
    /// - Parameter say: more rules, and a few words about what was read.
    static func read<Payload: WirePayload>(
        _ type: Payload.Type, _ bytes: [UInt8], say: (Payload) throws -> String = { _ in "read" }
    ) throws -> Verdict {
        let decoded: WireJSON.Decoded<Payload>
        do throws(WireJSON.Problem) {
            decoded = try WireJSON.decode(type, from: bytes)
        } catch {
            return .refused(error.message)
        }
        try holdsWhenWritten(decoded.payload)
        return .accepted("\(try say(decoded.payload)), \(decoded.unknownFields.count) unknown")
    }

    /// What is written and read again is the same: otherwise a record that was set aside would come back as another.
    private static func holdsWhenWritten<Payload: WirePayload>(_ payload: Payload) throws {
        guard let written = try? WireJSON.encode(payload) else { throw Broken("it cannot be written again") }
        guard let again = try? WireJSON.decode(Payload.self, from: written).payload else {
            throw Broken("it cannot be read again once it is written")
        }
        guard again == payload else { throw Broken("it is another once it is written and read again") }
    }

    /// Every record of the answer is there, understood or set aside with its own JSON.
    ///
    /// - Parameter count: how many the answer holds, counted without the reader's types.
    static func records<Row>(_ records: [WireRecord<Row>], of count: Int?) throws -> String {
        guard records.count == count else {
            throw Broken("\(count.map(String.init) ?? "no list of") records came, \(records.count) were taken")
        }
        let strange = records.filter { $0.row == nil }
        guard strange.allSatisfy({ !$0.raw.isEmpty }) else { throw Broken("a record was set aside without its JSON") }
        return "\(Self.some(records.count)) records, \(Self.some(strange.count)) aside"
    }

    /// Counts beyond a few are one outcome.
    static func some(_ count: Int) -> String { count < 4 ? "\(count)" : "many" }

    static func list(_ bytes: [UInt8], _ name: String? = nil) -> Int? {
        guard let value = try? JSONValue(bytes) else { return nil }
        return (name.map { value[$0] } ?? value)?.list?.count
    }
}
