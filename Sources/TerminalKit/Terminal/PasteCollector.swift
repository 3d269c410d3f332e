/// Gathers the bytes of a bracketed paste until its end mark, however they are cut into reads.
struct PasteCollector {
    private static let endMark = Array("\u{1B}[201~".utf8)
    /// Beyond this the rest is dropped: nobody means to paste more, and memory is not the paster's to fill.
    private static let mostBytes = 16 * 1024 * 1024

    private var bytes: [UInt8] = []

    /// Takes in what was read. When the paste ends in it: the cleaned text and the bytes that follow the mark.
    mutating func take(_ chunk: ArraySlice<UInt8>) -> (text: String, rest: ArraySlice<UInt8>)? {
        // The mark may straddle two reads.
        let from = max(0, bytes.count - PasteCollector.endMark.count + 1)
        bytes.append(contentsOf: chunk)
        if let end = PasteCollector.findMark(in: bytes, from: from) {
            let after = bytes[(end + PasteCollector.endMark.count)...]
            return (PasteCollector.clean(bytes[..<end]), after)
        }
        if bytes.count > PasteCollector.mostBytes {
            bytes.removeSubrange(PasteCollector.mostBytes / 2..<bytes.count - 8)
        }
        return nil
    }

    private static func findMark(in bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        while place + endMark.count <= bytes.count {
            if bytes[place] == 0x1B, bytes[place..<place + endMark.count].elementsEqual(endMark) { return place }
            place += 1
        }
        return nil
    }

    /// Drops control characters except newline and tab; a terminal sends line ends as carriage returns.
    static func clean(_ bytes: ArraySlice<UInt8>) -> String {
        var view = String.UnicodeScalarView()
        var previousWasReturn = false
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            let isFeedAfterReturn = scalar == "\n" && previousWasReturn
            previousWasReturn = scalar == "\r"
            if isFeedAfterReturn { continue }
            switch scalar.value {
            case 13, 10: view.append("\n")
            case 9: view.append("\t")
            case 0..<0x20, 0x7F..<0xA0: break
            default: view.append(scalar)
            }
        }
        return String(view)
    }
}
