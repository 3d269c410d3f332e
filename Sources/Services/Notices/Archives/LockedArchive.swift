import Secrets

/// A ZIP of which files are closed by a password, in the format's old way (APPNOTE 6.1). The lock is taken off without
/// unpacking anything: what is below it stays as it was packed.
///
/// No program on Linux that opens such files takes the password elsewhere than from its arguments, where everybody on the
/// machine can read it, or from a terminal.
struct LockedArchive {
    enum Lock: Equatable {
        case none, old
        /// AES, or another one that is not known here.
        case other
    }

    private struct Entry {
        var flags: Int
        var method: Int
        var time: Int
        var crc: UInt32
        var packed: Int
        var unpacked: Int
        /// Of the whole record in the table of contents.
        var record: Range<Int>
        var name: Range<Int>
        var data: Range<Int>
        /// Its head before the content, and the content.
        var whole: Range<Int>

        var isLocked: Bool { flags & 1 == 1 }
    }

    /// Bytes before the content that the lock puts there.
    private static let head = 12

    private let bytes: [UInt8]
    private let entries: [Entry]
    /// Why nothing of it is to be unlocked or unpacked, in words; nil when nothing is wrong.
    let danger: String?

    /// nil for what is no archive that can be read by its table of contents.
    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        guard let end = Self.end(of: bytes), let count = Self.little(bytes, end + 10, 2),
            var place = Self.little(bytes, end + 16, 4)
        else { return nil }
        var entries: [Entry] = []
        for _ in 0..<count {
            guard let entry = Self.entry(bytes, at: place) else { return nil }
            entries.append(entry)
            place = entry.record.upperBound
        }
        self.entries = entries
        danger = Self.danger(entries)
    }

    /// Entries that lie over each other make a small file a huge one: each would be unlocked and copied whole. Where none
    /// does, they are together no larger than the file.
    private static func danger(_ entries: [Entry]) -> String? {
        var end = 0
        for whole in entries.map(\.whole).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if whole.lowerBound < end {
                return "its files lie over each other, as in an archive that is made to exhaust"
            }
            end = whole.upperBound
        }
        let total = entries.reduce(0) { $0 + $1.unpacked }
        let most = DocumentDanger.mostUnpacked
        return total > most ? "it unpacks to more than \(most >> 20) MB" : nil
    }

    var lock: Lock {
        let locked = entries.filter(\.isLocked)
        if locked.isEmpty { return .none }
        // 64: strong encryption. Only what is stored or deflated can be checked.
        let isOld = locked.allSatisfy { $0.flags & 64 == 0 && [0, 8].contains($0.method) && $0.packed >= Self.head }
        return isOld ? .old : .other
    }

    /// The same archive without its lock; nil when the password does not fit all of it.
    func opened(with password: SecretBytes) -> [UInt8]? {
        guard danger == nil else { return nil }
        var (file, table): ([UInt8], [UInt8]) = ([], [])
        for entry in entries {
            var content = bytes[entry.data]
            if entry.isLocked {
                guard let plain = unlocked(entry, password) else { return nil }
                content = plain
            }
            // Lengths stand before the content now, so none follow it.
            let flags = entry.flags & ~0b1001
            let facts =
                Self.little(flags, 2) + Array(bytes[(entry.record.lowerBound + 10)..<(entry.record.lowerBound + 16)])
                + Self.little(Int(entry.crc), 4) + Self.little(content.count, 4) + Self.little(entry.unpacked, 4)
                + Self.little(entry.name.count, 2)
            let start = file.count
            file += [0x50, 0x4B, 3, 4] + bytes[(entry.record.lowerBound + 6)..<(entry.record.lowerBound + 8)] + facts
            file += [0, 0] + bytes[entry.name] + content
            table += bytes[entry.record.lowerBound..<(entry.record.lowerBound + 8)] + facts
            table += bytes[(entry.record.lowerBound + 30)..<(entry.record.lowerBound + 42)] + Self.little(start, 4)
            table += bytes[entry.name.lowerBound..<entry.record.upperBound]
        }
        let count = Self.little(entries.count, 2)
        let end = [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count
        return file + table + end + Self.little(table.count, 4) + Self.little(file.count, 4) + [0, 0]
    }

    /// The content below the lock, when its length and checksum are those that the table of contents names.
    private func unlocked(_ entry: Entry, _ password: SecretBytes) -> ArraySlice<UInt8>? {
        var keys = Keys(password)
        var last: UInt8 = 0
        for place in entry.data.prefix(Self.head) { last = keys.plain(bytes[place]) }
        // One byte tells most wrong passwords; whose it is depends on when the checksum was known.
        guard last == UInt8(entry.crc >> 24) || entry.flags & 8 != 0 && Int(last) == entry.time >> 8 else { return nil }
        let plain = entry.data.dropFirst(Self.head).map { keys.plain(bytes[$0]) }[...]
        var sum = Inflater.Sum()
        if entry.method == 0 {
            for byte in plain { sum.crc.add(byte) }
            sum.byteCount = plain.count
        } else {
            guard let unpacked = Inflater.sum(of: plain, limit: entry.unpacked) else { return nil }
            sum = unpacked
        }
        return sum.byteCount == entry.unpacked && sum.crc.value == entry.crc ? plain : nil
    }

    /// The three running keys of the lock.
    private struct Keys {
        private var first: UInt32 = 0x1234_5678
        private var second: UInt32 = 0x2345_6789
        private var third: UInt32 = 0x3456_7890

        init(_ password: SecretBytes) {
            self = password.withBytes { bytes in
                var keys = Keys()
                for byte in bytes { keys.update(byte) }
                return keys
            }
        }

        private init() {}

        mutating func plain(_ byte: UInt8) -> UInt8 {
            let mask = third | 2
            let plain = byte ^ UInt8(truncatingIfNeeded: (mask &* (mask ^ 1)) >> 8)
            update(plain)
            return plain
        }

        private mutating func update(_ byte: UInt8) {
            first = Crc32.step(first, byte)
            second = (second &+ (first & 0xFF)) &* 134_775_813 &+ 1
            third = Crc32.step(third, UInt8(second >> 24))
        }
    }

    // MARK: The table of contents

    private static func end(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 22 else { return nil }
        let least = max(0, bytes.count - 65_557)
        return stride(from: bytes.count - 22, through: least, by: -1).first { has([0x50, 0x4B, 5, 6], bytes, $0) }
    }

    private static func entry(_ bytes: [UInt8], at place: Int) -> Entry? {
        guard has([0x50, 0x4B, 1, 2], bytes, place), let flags = little(bytes, place + 8, 2),
            let method = little(bytes, place + 10, 2), let time = little(bytes, place + 12, 2),
            let crc = little(bytes, place + 16, 4), let packed = little(bytes, place + 20, 4),
            let unpacked = little(bytes, place + 24, 4), let nameLength = little(bytes, place + 28, 2),
            let extra = little(bytes, place + 30, 2), let comment = little(bytes, place + 32, 2),
            let local = little(bytes, place + 42, 4), has([0x50, 0x4B, 3, 4], bytes, local),
            let localName = little(bytes, local + 26, 2), let localExtra = little(bytes, local + 28, 2)
        else { return nil }
        let record = place..<(place + 46 + nameLength + extra + comment)
        let start = local + 30 + localName + localExtra
        // Marks of ZIP64 are larger than any file that is taken, so they end here, too.
        guard record.upperBound <= bytes.count, start + packed <= bytes.count else { return nil }
        return Entry(
            flags: flags, method: method, time: time, crc: UInt32(crc), packed: packed, unpacked: unpacked,
            record: record, name: (place + 46)..<(place + 46 + nameLength), data: start..<(start + packed),
            whole: local..<(start + packed))
    }

    private static func has(_ mark: [UInt8], _ bytes: [UInt8], _ place: Int) -> Bool {
        place >= 0 && place <= bytes.count - mark.count && bytes[place..<(place + mark.count)].elementsEqual(mark)
    }

    private static func little(_ bytes: [UInt8], _ place: Int, _ length: Int) -> Int? {
        guard place >= 0, place <= bytes.count - length else { return nil }
        return bytes[place..<(place + length)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private static func little(_ number: Int, _ length: Int) -> [UInt8] {
        (0..<length).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}
