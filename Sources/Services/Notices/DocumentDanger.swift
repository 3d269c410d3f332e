import Foundation

/// What a document would do to the machine of whoever opens it: programs, pictures and archives that are small on disk
/// and huge when they are opened, and archives whose names climb out of their folder. Told from name and headers alone;
/// nothing is unpacked.
///
/// Sizes are what the headers claim: this protects from accidents and crude traps, not from a header that lies. A gzip
/// file tells its size modulo 4 GiB only.
enum DocumentDanger {
    /// Pixels of one picture. A page scanned at 600 dpi has 35 million.
    static let mostPixels = 100_000_000
    static let mostEntries = 10_000
    /// Bytes of everything in an archive together.
    static let mostUnpacked = 1 << 30

    /// Ends of names that systems start or mount when they are opened.
    private static let programs: Set<String> = [
        "apk", "app", "appimage", "bat", "chm", "cmd", "com", "command", "cpl", "deb", "desktop", "dll", "dmg",
        "exe", "gadget", "hta", "img", "inf", "iso", "jar", "jnlp", "js", "jse", "lnk", "msc", "msi", "msix", "msp",
        "pif", "ps1", "py", "reg", "rpm", "run", "scf", "scr", "sh", "url", "vb", "vbe", "vbs", "vhd", "vhdx", "ws",
        "wsc", "wsf", "wsh", "xll",
    ]
    /// Beginnings of what systems start whatever its name: Linux, macOS, scripts.
    private static let starts: [[UInt8]] = [
        [0x7F, 0x45, 0x4C, 0x46], [0xCF, 0xFA, 0xED, 0xFE], [0xCA, 0xFE, 0xBA, 0xBE], Array("#!".utf8),
    ]

    /// Of Windows. The first two letters alone are also those of Mizoram in a table.
    private static func isPortableExecutable(_ bytes: Bytes) -> Bool {
        guard bytes.has(Array("MZ".utf8), at: 0), let place = bytes.little(0x3C, 4) else { return false }
        return bytes.has([0x50, 0x45, 0, 0], at: place)
    }

    /// nil when nothing is wrong, else why in words.
    ///
    /// - Parameter name: as the portal gives it.
    static func reason(_ name: String, _ bytes: Data) -> String? {
        let end = FreeName.harmless(name).split(separator: ".", omittingEmptySubsequences: false).dropFirst().last
        if let end, programs.contains(end.trimmingCharacters(in: .whitespaces).lowercased()) {
            return "its name is that of a program, which no portal sends"
        }
        return reason(in: bytes)
    }

    /// nil when nothing is wrong, else why in words.
    static func reason(in bytes: Data) -> String? {
        let reader = Bytes(bytes)
        if starts.contains(where: { reader.has($0, at: 0) }) || isPortableExecutable(reader) {
            return "it is a program, which no portal sends"
        }
        if let size = picture(reader) {
            let (pixels, overflowed) = size.width.multipliedReportingOverflow(by: size.height)
            return overflowed || pixels > mostPixels
                ? "the picture has \(size.width) x \(size.height) points, which may exhaust the machine that shows it"
                : nil
        }
        if reader.has([0x50, 0x4B, 3, 4], at: 0) || reader.has([0x50, 0x4B, 5, 6], at: 0) { return archive(reader) }
        if reader.has([0x1F, 0x8B], at: 0), let size = reader.little(reader.count - 4, 4), size > mostUnpacked {
            return tooBig
        }
        return nil
    }

    private static let tooBig = "the archive unpacks to more than \(mostUnpacked >> 20) MB"
    private static let broken = "the archive's table of contents is damaged"

    // MARK: Pictures

    private static func picture(_ bytes: Bytes) -> (width: Int, height: Int)? {
        if bytes.has([0x89, 0x50, 0x4E, 0x47], at: 0) { return pair(bytes.big(16, 4), bytes.big(20, 4)) }
        if bytes.has(Array("GIF8".utf8), at: 0) { return pair(bytes.little(6, 2), bytes.little(8, 2)) }
        if bytes.has(Array("BM".utf8), at: 0) { return pair(bytes.little(18, 4), bytes.little(22, 4)) }
        return bytes.has([0xFF, 0xD8], at: 0) ? jpeg(bytes) : nil
    }

    private static func pair(_ width: Int?, _ height: Int?) -> (Int, Int)? {
        guard let width, let height else { return nil }
        return (width, height)
    }

    /// The size stands in the frame header, behind segments of any length.
    private static func jpeg(_ bytes: Bytes) -> (Int, Int)? {
        var place = 2
        while let mark = bytes.big(place, 2), mark & 0xFF00 == 0xFF00 {
            // Any number of fill bytes may stand before a mark.
            if mark == 0xFFFF {
                place += 1
                continue
            }
            guard let length = bytes.big(place + 2, 2), length >= 2 else { return nil }
            let isFrame = (0xFFC0...0xFFCF).contains(mark) && ![0xFFC4, 0xFFC8, 0xFFCC].contains(mark)
            if isFrame { return pair(bytes.big(place + 7, 2), bytes.big(place + 5, 2)) }
            place += 2 + length
        }
        return nil
    }

    // MARK: Archives

    /// By the central directory at the end, which is what every unpacker goes by.
    private static func archive(_ bytes: Bytes) -> String? {
        guard let end = bytes.last([0x50, 0x4B, 5, 6], within: 65_557), let count = bytes.little(end + 10, 2),
            var place = bytes.little(end + 16, 4)
        else { return broken }
        // Marks of ZIP64: more than any office sends.
        if count == 0xFFFF || place == 0xFFFF_FFFF { return tooBig }
        if count > mostEntries { return "the archive has \(count) files" }
        var total = 0
        for _ in 0..<count {
            guard bytes.has([0x50, 0x4B, 1, 2], at: place), let size = bytes.little(place + 24, 4),
                let nameLength = bytes.little(place + 28, 2), let extra = bytes.little(place + 30, 2),
                let comment = bytes.little(place + 32, 2), let name = bytes.slice(place + 46, nameLength)
            else { return broken }
            total += size
            if total > mostUnpacked { return tooBig }
            if climbs(name) { return "a file of the archive has a name that climbs out of its folder" }
            place += 46 + nameLength + extra + comment
        }
        return nil
    }

    /// By bytes, as file systems read names: to Swift, a slash with a combining mark is another character.
    private static func climbs(_ name: Data) -> Bool {
        let parts = name.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
        let isRooted = parts.count > 1 && parts.first?.isEmpty == true
        return isRooted || name.contains(UInt8(ascii: ":")) || parts.contains { $0.elementsEqual("..".utf8) }
    }
}

/// Numbers and texts in foreign bytes; outside of them there is nothing.
private struct Bytes {
    private let data: Data
    var count: Int { data.count }

    init(_ data: Data) { self.data = data }

    func slice(_ place: Int, _ length: Int) -> Data? {
        guard place >= 0, length >= 0, place <= data.count - length else { return nil }
        return data[data.startIndex + place..<data.startIndex + place + length]
    }

    func has(_ wanted: [UInt8], at place: Int) -> Bool {
        slice(place, wanted.count).map { $0.elementsEqual(wanted) } ?? false
    }
    func big(_ place: Int, _ length: Int) -> Int? { slice(place, length)?.reduce(0) { $0 << 8 | Int($1) } }
    func little(_ place: Int, _ length: Int) -> Int? {
        slice(place, length)?.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    func last(_ wanted: [UInt8], within: Int) -> Int? {
        let start = data.endIndex - min(within, data.count)
        return data.range(of: Data(wanted), options: .backwards, in: start..<data.endIndex).map {
            $0.lowerBound - data.startIndex
        }
    }
}
