/// What a portal can do to its JSON. Each leaves a JSON text, if an odd one.
enum JSONMutation {
    /// Changes what a record says, seldom its shape.
    static let gentle: [Kind] = [
        .odd, .odd, .odd, .digits, .digits, .lengthen, .add, .add, .doubleElement, .reorder, .blanks,
    ]
    /// Changes shapes and types.
    static let rough: [Kind] = [
        .dropMember, .dropMember, .dropElement, .doubleMember, .rename, .retype, .retype, .retype, .null, .nest, .swap,
        .manyElements,
    ]

    enum Kind {
        case odd, digits, lengthen, add, doubleElement, reorder, blanks, manyElements
        case dropMember, dropElement, doubleMember, rename, retype, null, nest, swap
    }

    private static let others: [[UInt8]] = [
        "null", "true", "false", "0", "-1", "-0", "1.5", "1e2", "1e400", "-1E-400", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "123456789012345678901234567890123456789012",
        "0.30000000000000004",
        #""""#, #"" ""#, #""NA""#, #""0""#, #""-5""#, #""1e9""#, #""99999999999999999999""#, "[]", "{}", "[null]",
        #"[{}]"#, #"{"":null}"#, #""2026-02-30""#, #""0000-00-00""#, #"[[],{}]"#, "4102444800001", "1762074000000",
    ].map { Array($0.utf8) }

    /// Inside a string: escapes, halves of pairs, marks that combine, controls of direction, a byte that is no UTF-8.
    private static let odd: [[UInt8]] =
        [
            #"\u0000"#, #"\u001b[2J"#, #"\u202e"#, #"\ud83d\ude00"#, #"\ud800"#, #"\n"#, #"\\"#, #"\""#, "\u{feff}",
            "e\u{301}", "\u{e9}", "\u{1F469}\u{200D}\u{1F4BB}", "  ", "/", "..", "%00", "{id}", "'", "<b>", "=1+1",
            String(repeating: "\u{300}", count: 60),
        ].map { Array($0.utf8) } + [[0xFF]]

    static func apply(_ kind: Kind, to bytes: inout [UInt8], _ random: inout FuzzRandom) {
        let spans = JSONSpans(bytes)
        switch kind {
        case .odd, .digits, .lengthen: text(kind, spans, &bytes, &random)
        case .add:
            guard let object = random.pick(spans.objects) else { return }
            let isEmpty = object.count == 2
            let member = #""odd\#(random.below(99))":"# + (random.isWithin(percent: 50) ? "null" : #"["x",{"y":1}]"#)
            bytes.insert(contentsOf: Array((member + (isEmpty ? "" : ",")).utf8), at: object.lowerBound + 1)
        case .doubleElement, .manyElements:
            guard let element = random.pick(spans.elements) else { return }
            let many = random.below(random.isWithin(percent: 10) ? 60 : 4)
            let copy = [UInt8(ascii: ",")] + bytes[element]
            bytes.insert(
                contentsOf: Array(repeatElement(copy, count: kind == .manyElements ? many : 1).joined()),
                at: element.upperBound)
        case .reorder:
            guard let left = random.pick(spans.members), let right = random.pick(spans.members) else { return }
            swap(left.whole, right.whole, &bytes)
        case .swap:
            guard let left = random.pick(spans.values), let right = random.pick(spans.values) else { return }
            swap(left, right, &bytes)
        case .blanks:
            guard let value = random.pick(spans.values) else { return }
            bytes.insert(contentsOf: repeatElement(random.pick([9, 10, 13, 32]) ?? 32, count: 3), at: value.lowerBound)
        case .dropMember: if let member = random.pick(spans.members) { remove(member.whole, &bytes) }
        case .dropElement: if let element = random.pick(spans.elements) { remove(element, &bytes) }
        case .doubleMember:
            guard let member = random.pick(spans.members) else { return }
            let value = random.isWithin(percent: 50) ? Array(bytes[member.value]) : random.pick(others) ?? []
            bytes.insert(
                contentsOf: [UInt8(ascii: ",")] + bytes[member.key] + [UInt8(ascii: ":")] + value,
                at: member.value.upperBound)
        case .rename: rename(spans, &bytes, &random)
        case .retype:
            guard let value = random.pick(spans.values), let other = random.pick(others) else { return }
            bytes.replaceSubrange(value, with: other)
        case .null: if let value = random.pick(spans.values) { bytes.replaceSubrange(value, with: Array("null".utf8)) }
        case .nest: nest(spans, &bytes, &random)
        }
    }

    private static func text(_ kind: Kind, _ spans: JSONSpans, _ bytes: inout [UInt8], _ random: inout FuzzRandom) {
        if kind == .digits {
            let digits = bytes.indices.filter { (48...57).contains(bytes[$0]) }
            for _ in 0...random.below(3) {
                guard let place = random.pick(digits) else { return }
                bytes[place] = 48 + UInt8(random.below(10))
            }
            return
        }
        guard let string = random.pick(spans.strings) else { return }
        if kind == .odd {
            // Before the closing quote or at the beginning, so that no escape is torn apart.
            let place = random.isWithin(percent: 50) ? string.lowerBound + 1 : string.upperBound - 1
            bytes.insert(contentsOf: random.pick(odd) ?? [], at: place)
        } else {
            let inner = Array(bytes[(string.lowerBound + 1)..<(string.upperBound - 1)])
            let many =
                inner.isEmpty ? 0 : random.below(random.isWithin(percent: 10) ? min(400, 8_000 / inner.count) : 4)
            bytes.insert(contentsOf: Array(repeatElement(inner, count: many).joined()), at: string.lowerBound + 1)
        }
    }

    private static func rename(_ spans: JSONSpans, _ bytes: inout [UInt8], _ random: inout FuzzRandom) {
        guard let member = random.pick(spans.members), let other = random.pick(spans.members) else { return }
        if random.isWithin(percent: 50) {
            bytes.replaceSubrange(member.key, with: Array(bytes[other.key]))
        } else {
            bytes.insert(random.pick([95, 65, 32, 0x5F]) ?? 95, at: member.key.upperBound - 1)
        }
    }

    /// Mostly a few levels; at times more than any reader should follow.
    private static func nest(_ spans: JSONSpans, _ bytes: inout [UInt8], _ random: inout FuzzRandom) {
        guard let value = random.pick(spans.values) else { return }
        let depth = random.isWithin(percent: 5) ? 300 + random.below(1_500) : 1 + random.below(4)
        let isObject = random.isWithin(percent: 40)
        let (before, after) = isObject ? (#"{"a":"#, "}") : ("[", "]")
        let inner = Array(bytes[value])
        bytes.replaceSubrange(
            value,
            with: Array(String(repeating: before, count: depth).utf8) + inner
                + Array(String(repeating: after, count: depth).utf8))
    }

    private static func swap(_ one: Range<Int>, _ two: Range<Int>, _ bytes: inout [UInt8]) {
        guard !one.overlaps(two) else { return }
        let (left, right) = one.lowerBound < two.lowerBound ? (one, two) : (two, one)
        let (first, second) = (Array(bytes[left]), Array(bytes[right]))
        bytes.replaceSubrange(right, with: first)
        bytes.replaceSubrange(left, with: second)
    }

    /// With one of the commas beside it.
    private static func remove(_ range: Range<Int>, _ bytes: inout [UInt8]) {
        let blanks: Set<UInt8> = [9, 10, 13, 32]
        var end = range.upperBound
        while end < bytes.count, blanks.contains(bytes[end]) { end += 1 }
        if end < bytes.count, bytes[end] == UInt8(ascii: ",") {
            return bytes.removeSubrange(range.lowerBound..<(end + 1))
        }
        var start = range.lowerBound
        while start > 0, blanks.contains(bytes[start - 1]) { start -= 1 }
        if start > 0, bytes[start - 1] == UInt8(ascii: ",") { start -= 1 }
        bytes.removeSubrange(start..<range.upperBound)
    }
}
