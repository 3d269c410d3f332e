import Domain

/// Documents as JSON: read with everything that is wrong told at once, and written as the portals' schemas order it.
public enum DocumentJSON {
    static let malformed = "json.malformed"

    /// Reads one document. A text that is no JSON gives no value and says in which line and column it ends to be.
    public static func read<Value>(_ bytes: [UInt8], _ schema: Schema<Value>) -> DocumentReading<Value> {
        var reader = DocumentReader(bytes)
        do throws(JSONCursor.Malformed) {
            let value = try reader.document(schema)
            try reader.end()
            return DocumentReading(value: value, findings: reader.findings)
        } catch {
            return DocumentReading(value: nil, findings: reader.findings + [reader.finding(error)])
        }
    }

    /// Reads a list of documents, or one alone. What is no JSON ends the list with a reading without a value.
    public static func readAll<Value>(_ bytes: [UInt8], _ schema: Schema<Value>) -> [DocumentReading<Value>] {
        var reader = DocumentReader(bytes)
        var readings: [DocumentReading<Value>] = []
        do throws(JSONCursor.Malformed) {
            guard try reader.beginsList() else { return [read(bytes, schema)] }
            while try reader.hasNext(isFirst: readings.isEmpty) {
                let value = try reader.document(schema)
                readings.append(DocumentReading(value: value, findings: reader.takeFindings()))
            }
            try reader.end()
        } catch {
            readings.append(
                DocumentReading(value: nil, findings: reader.takeFindings() + [reader.finding(error)]))
        }
        return readings
    }

    /// Compact JSON in the order of the schema; what is absent is left out, numbers keep the decimals they were written with.
    public static func write<Value>(_ value: Value, _ schema: Schema<Value>) -> [UInt8] {
        var writer = DocumentWriter()
        writer.object(value, schema)
        return writer.bytes
    }
}
