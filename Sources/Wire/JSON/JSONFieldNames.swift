/// Finds the field names of a JSON text in one pass over its bytes, without building values.
public enum JSONFieldNames {
    public static func all(in bytes: [UInt8]) -> Set<String> {
        var names = Set<String>()
        var known: [ArraySlice<UInt8>] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\"") else {
                index += 1
                continue
            }
            let start = index + 1
            let end = endOfString(bytes, from: start)
            index = end + 1
            guard isFollowedByColon(bytes, at: index) else { continue }
            let name = bytes[start..<min(end, bytes.count)]
            // Lists repeat the same few names; comparing bytes is cheaper than making strings.
            if known.contains(where: { $0.elementsEqual(name) }) { continue }
            if known.count < 200 { known.append(name) }
            names.insert(String(decoding: name.prefix(100), as: UTF8.self))
        }
        return names
    }

    private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return index
    }

    private static func isFollowedByColon(_ bytes: [UInt8], at start: Int) -> Bool {
        var index = start
        while index < bytes.count, [32, 9, 10, 13].contains(bytes[index]) { index += 1 }
        return index < bytes.count && bytes[index] == UInt8(ascii: ":")
    }
}
