import Domain

/// Documents as JSON: read with everything that is wrong told at once, and written as the portals' schemas order it.
public enum DocumentJSON {
    static let malformed = "json.malformed"

    /// Reads one document. A text that is no JSON gives no value and says in which line and column it ends to be.
    public static func read<Value>(_ bytes: [UInt8], _ schema: Schema<Value>) -> DocumentReading<Value> {
        if let finding = otherEncoding(bytes) { return DocumentReading(value: nil, findings: [finding]) }
        var reader = DocumentReader(bytes)
        do throws(JSONCursor.Malformed) {
            let value = try reader.document(schema)
            try reader.end()
            return DocumentReading(value: value, findings: reader.findings)
        } catch {
            return DocumentReading(value: nil, findings: reader.findings + [reader.finding(error)])
        }
    }

    /// Windows programs write UTF-16 as "Unicode"; every second byte of it is zero.
    private static func otherEncoding(_ bytes: [UInt8]) -> Finding? {
        let isMarked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        guard isMarked || bytes.prefix(4).contains(0) else { return nil }
        return Finding(
            .error, at: "", rule: "json.encoding", "is written in UTF-16, and JSON in UTF-8",
            remedy: "Save it as UTF-8")
    }

    /// Mistakes after which the rest of a list is not read. So many have one cause, and each costs memory: a small file
    /// could fill the machine.
    public static let mostMistakes = 10_000

    /// Reads a list of documents, or one alone. What is no JSON ends the list with a reading without a value, and so do too
    /// many mistakes.
    ///
    /// - Parameter check: adds to a reading what its rules find.
    public static func readAll<Value>(
        _ bytes: [UInt8], _ schema: Schema<Value>,
        _ check: (DocumentReading<Value>) -> DocumentReading<Value> = { $0 }
    ) -> [DocumentReading<Value>] {
        var reader = DocumentReader(bytes)
        var readings: [DocumentReading<Value>] = []
        var mistakes = 0
        do throws(JSONCursor.Malformed) {
            if otherEncoding(bytes) != nil { return [check(read(bytes, schema))] }
            guard try reader.beginsList() else { return [check(read(bytes, schema))] }
            while try reader.hasNext(isFirst: readings.isEmpty) {
                let value = try reader.document(schema)
                let reading = check(DocumentReading(value: value, findings: reader.takeFindings()))
                readings.append(reading)
                mistakes += reading.findings.count { $0.severity == .error }
                guard mistakes < mostMistakes else { return readings + [tooMany(mistakes, in: readings.count)] }
            }
            try reader.end()
        } catch {
            readings.append(
                DocumentReading(value: nil, findings: reader.takeFindings() + [reader.finding(error)]))
        }
        return readings
    }

    private static func tooMany<Value>(_ mistakes: Int, in documents: Int) -> DocumentReading<Value> {
        let finding = Finding(
            .error, at: "", rule: "json.mistakes",
            "has \(Counted.text(mistakes, "mistake")) in its first \(Counted.text(documents, "document")); the rest was not read",
            remedy: "Mend these first; so many have one cause")
        return DocumentReading(value: nil, findings: [finding])
    }

    /// Compact JSON in the order of the schema; what is absent is left out, numbers keep the decimals they were written with.
    public static func write<Value>(_ value: Value, _ schema: Schema<Value>) -> [UInt8] {
        var writer = DocumentWriter()
        writer.object(value, schema)
        return writer.bytes
    }
}
