/// What curses hands out for one read, before it means anything.
enum RawInput: Hashable, Sendable {
    /// A scalar, control characters included.
    case character(UInt32)
    /// A function key that curses, or what we taught it, has recognised.
    case key(Key)
    case mouse(MouseEvent)
    case focusIn, focusOut
}

/// Turns what was read in one go into events: Alt is an Esc followed by something in the same go.
enum KeyDecoder {
    static func events(from inputs: [RawInput]) -> [InputEvent] {
        var events: [InputEvent] = []
        var index = 0
        while index < inputs.count {
            let next = index + 1 < inputs.count ? inputs[index + 1] : nil
            if case .character(27) = inputs[index], let alt = next.flatMap(withAlt) {
                events.append(.key(alt))
                index += 2
                continue
            }
            if let event = event(inputs[index]) { events.append(event) }
            index += 1
        }
        return events
    }

    private static func event(_ input: RawInput) -> InputEvent? {
        switch input {
        case .character(let value): key(value).map { .key($0) }
        case .key(let key): .key(key)
        case .mouse(let event): .mouse(event)
        case .focusIn: .focusIn
        case .focusOut: .focusOut
        }
    }

    private static func withAlt(_ input: RawInput) -> Key? {
        switch input {
        // Two Escs in one go are two presses.
        case .character(27): nil
        case .character(let value): key(value).map { Key($0.code, $0.modifiers.union(.alt)) }
        case .key(let key): Key(key.code, key.modifiers.union(.alt))
        default: nil
        }
    }

    /// With `nonl` Enter is 13 and Ctrl-J is 10; both bytes of Backspace are one key.
    static func key(_ value: UInt32) -> Key? {
        switch value {
        case 0: return .control(" ")
        case 8, 127: return .backspace
        case 9: return .tab
        case 13: return .enter
        case 27: return .escape
        case 1...26: return Unicode.Scalar(value + 0x60).map { .control(Character($0)) }
        case 28...31: return Unicode.Scalar(value + 0x40).map { .control(Character($0)) }
        default:
            guard let scalar = Unicode.Scalar(value), !(0x80..<0xA0).contains(value) else { return nil }
            return .character(Character(scalar))
        }
    }
}
