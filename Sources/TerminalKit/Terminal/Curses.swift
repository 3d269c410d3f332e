import CNcurses

/// A cell in curses' own form.
typealias CursesCell = cchar_t

/// The one file that calls curses. It is not thread-safe, so all of it belongs to the main actor.
@MainActor
enum Curses {
    typealias Screen = OpaquePointer

    /// Starts a screen on standard input and `output`; nil when there is no description of `type`.
    static func open(type: String, output: Int32) -> Screen? { curses_open(type, output) }

    /// A screen that nobody sees, for tests.
    static func openHeadless(type: String) -> Screen? { curses_open_on(type, "/dev/null") }

    /// Call before `setModes`; false on terminals such as `dumb`.
    static var canPosition: Bool { curses_can_position() }

    static func setModes(escapeDelay: Int, mouse: Bool) {
        raw()
        noecho()
        nonl()
        let window = curses_standard_window()
        keypad(window, true)
        nodelay(window, true)
        meta(window, true)
        leaveok(window, false)
        set_escdelay(Int32(clamping: escapeDelay))
        // Else curses stops a repaint when a key waits, and merges press and release after a pause.
        typeahead(-1)
        mouseinterval(0)
        setMouse(mouse)
        curs_set(0)
        CursesKeys.teach()
    }

    static func setMouse(_ isOn: Bool) { mousemask(isOn ? curses_mouse_wanted : 0, nil) }

    static func startColours() -> Int {
        guard has_colors() else { return 0 }
        start_color()
        use_default_colors()
        return Int(curses_colours())
    }

    static var size: Size {
        let window = curses_standard_window()
        return Size(columns: Int(getmaxx(window)), rows: Int(getmaxy(window)))
    }

    static func resize(to size: Size) { resizeterm(Int32(clamping: size.rows), Int32(clamping: size.columns)) }

    /// Leaves curses' screen; the next `update` comes back to it.
    static func leave() {
        // On a terminal without a screen of our own the shell's prompt would stand in what was drawn last.
        if !curses_has_own_screen() {
            werase(curses_standard_window())
            update(cursor: nil)
        }
        endwin()
    }

    static func end(_ screen: Screen) {
        endwin()
        delscreen(screen)
    }

    /// These rows are sent whole at the next `update`, whatever stands there.
    static func redraw(_ rows: Range<Int>) {
        let rows = rows.clamped(to: 0..<size.rows)
        guard !rows.isEmpty else { return }
        wredrawln(curses_standard_window(), Int32(rows.lowerBound), Int32(rows.count))
    }

    static func forgetScreen() { clearok(curses_standard_window(), true) }

    /// Sends the difference to the terminal.
    static func update(cursor: Point?) {
        let window = curses_standard_window()
        if let cursor {
            wmove(window, Int32(clamping: cursor.y), Int32(clamping: cursor.x))
            curs_set(1)
        } else {
            curs_set(0)
        }
        wnoutrefresh(window)
        doupdate()
    }

    /// Puts cells side by side from a place; nothing is wrapped.
    static func write(_ cells: [cchar_t], x: Int, y: Int) {
        cells.withUnsafeBufferPointer { buffer in
            _ = mvwadd_wchnstr(
                curses_standard_window(), Int32(y), Int32(x), buffer.baseAddress, Int32(clamping: buffer.count))
        }
    }

    /// A blank cell for `write`.
    static func blank(_ look: Look) -> cchar_t {
        var cell = cchar_t()
        let text: [wchar_t] = [0x20, 0]
        _ = curses_set_cell(&cell, text, look.attributes, look.pair)
        return cell
    }

    /// A cell of one scalar that looks like `blank`.
    static func cell(_ scalar: UInt32, like blank: cchar_t) -> cchar_t {
        var cell = blank
        cell.chars.0 = wchar_t(bitPattern: scalar)
        return cell
    }

    /// A cell of a scalar with its marks, at most five, the list ended by 0.
    static func cell(_ scalars: SIMD8<UInt32>, like blank: cchar_t) -> cchar_t {
        var cell = Self.cell(scalars[0], like: blank)
        cell.chars.1 = wchar_t(bitPattern: scalars[1])
        cell.chars.2 = wchar_t(bitPattern: scalars[2])
        cell.chars.3 = wchar_t(bitPattern: scalars[3])
        cell.chars.4 = wchar_t(bitPattern: scalars[4])
        return cell
    }

    /// The upper half of a cell in one colour and the lower in another; nil when pictures have used up their pairs.
    static func halfBlock(_ upper: Int, _ lower: Int) -> cchar_t? {
        guard let pair = CursesPairs.picturePair(upper, lower) else { return nil }
        return cell(0x2580, like: blank(Look(attributes: 0, pair: pair)))
    }

    /// The attributes and the colour pair of a cell, in curses' own numbers.
    struct Look {
        var attributes: attr_t
        var pair: Int32
    }

    static func look(_ look: Theme.Look) -> Look {
        var attributes: attr_t = 0
        if look.traits.contains(.bold) { attributes |= curses_bold }
        if look.traits.contains(.underline) { attributes |= curses_underline }
        if look.traits.contains(.reverse) { attributes |= curses_reverse }
        if look.traits.contains(.dim) { attributes |= curses_dim }
        if look.traits.contains(.italic) { attributes |= curses_italic }
        return Look(attributes: attributes, pair: CursesPairs.pair(look.foreground, look.background))
    }

    /// The next thing that was typed; nil when nothing waits. `isPaste` says that a paste begins right here.
    static func next(isPaste: inout Bool) -> RawInput? {
        while true {
            if let waiting = CursesMouse.takeWaiting() { return waiting }
            var value: wint_t = 0
            let kind = wget_wch(curses_standard_window(), &value)
            if kind == OK { return .character(value) }
            guard kind == KEY_CODE_YES else { return nil }
            let code = Int32(bitPattern: value)
            if code == CursesKeys.pasteStart {
                isPaste = true
                return nil
            }
            if code == KEY_MOUSE {
                CursesMouse.readAll()
            } else if let input = CursesKeys.input(code) {
                return input
            }
            // Else it is unknown, or the resize that we know already: look further.
        }
    }

    /// Gives bytes back, to be read again first.
    static func unread(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes.reversed() { ungetch(Int32(byte)) }
    }

    /// What stands at a place of curses' own screen, for tests: its text and its colour pair.
    static func read(x: Int, y: Int) -> (text: String, attributes: UInt32, pair: Int32) {
        var cell = cchar_t()
        mvwin_wch(curses_standard_window(), Int32(y), Int32(x), &cell)
        let chars = [cell.chars.0, cell.chars.1, cell.chars.2, cell.chars.3, cell.chars.4]
        var view = String.UnicodeScalarView()
        for char in chars.prefix(while: { $0 != 0 }) {
            if let scalar = Unicode.Scalar(UInt32(bitPattern: Int32(truncatingIfNeeded: char))) { view.append(scalar) }
        }
        return (String(view), cell.attr, cell.ext_color)
    }
}

/// Colour pairs by their two colours. A terminal of few pairs gets its own colours when they run out.
///
/// Themes take numbers from 1 on and keep them. Pictures have two ranges above those: what one of them holds is
/// forgotten when the other is full, so that a day of captchas never runs out, and what is on the screen stays.
@MainActor
private enum CursesPairs {
    /// The few of the themes: a list, for hashing would be set up before the first paint.
    private static var themes: [(colours: SIMD2<Int32>, number: Int32)] = []
    private static var young: [SIMD2<Int32>: Int32] = [:]
    private static var old: [SIMD2<Int32>: Int32] = [:]
    private static var isInUpperRange = false

    private static let mostForThemes = 1_024
    /// A terminal of fewer pairs needs them for its own words.
    private static let leastForPictures = 256
    /// More than any picture on a screen has.
    private static let rangeLength = 8_192

    static func reset() {
        (themes, young, old) = ([], [:], [:])
        isInUpperRange = false
    }

    /// nil when the terminal has too few pairs for another one.
    static func picturePair(_ foreground: Int, _ background: Int) -> Int32? {
        let wanted = SIMD2(Int32(foreground), Int32(background))
        if let pair = young[wanted] { return pair }
        let all = Int(curses_pairs())
        let reserved = forThemes
        let length = min(rangeLength, (all - reserved) / 2)
        if length < rangeLength, let pair = old[wanted] { return pair }
        if young.count >= length {
            // Too few to be used in turns: one picture alone might need them all.
            guard length == rangeLength || old.isEmpty else { return nil }
            (old, young) = (young, [:])
            isInUpperRange.toggle()
        }
        let number = Int32(reserved + (isInUpperRange ? length : 0) + young.count)
        guard length > 0, init_extended_pair(number, wanted.x, wanted.y) == OK else { return nil }
        young[wanted] = number
        return number
    }

    /// The first number that is not a theme's.
    private static var forThemes: Int {
        let all = Int(curses_pairs())
        return all < leastForPictures ? all : min(mostForThemes, all / 2)
    }

    static func pair(_ foreground: Int, _ background: Int) -> Int32 {
        if foreground < 0, background < 0 { return 0 }
        let wanted = SIMD2(Int32(foreground), Int32(background))
        if let pair = themes.first(where: { $0.colours == wanted }) { return pair.number }
        let number = Int32(themes.count + 1)
        guard number < forThemes, init_extended_pair(number, wanted.x, wanted.y) == OK else { return 0 }
        themes.append((wanted, number))
        return number
    }
}

extension Curses {
    static func forgetPairs() { CursesPairs.reset() }
}

@MainActor
private enum CursesMouse {
    private static var waiting: [RawInput] = []

    static func takeWaiting() -> RawInput? { waiting.isEmpty ? nil : waiting.removeFirst() }

    /// One KEY_MOUSE may stand for several events, and curses hands out the newest first.
    static func readAll() {
        var event = MEVENT()
        var newestFirst: [RawInput] = []
        while getmouse(&event) == OK {
            if let input = input(event) { newestFirst.append(input) }
        }
        waiting += newestFirst.reversed()
    }

    private static func input(_ event: MEVENT) -> RawInput? {
        let state = event.bstate
        var result = MouseEvent(x: Int(event.x), y: Int(event.y))
        if state & curses_with_shift != 0 { result.modifiers.insert(.shift) }
        if state & curses_with_control != 0 { result.modifiers.insert(.control) }
        if state & curses_with_alt != 0 { result.modifiers.insert(.alt) }
        if state & curses_wheel_up != 0 {
            (result.button, result.action) = (.none, .wheelUp)
        } else if state & curses_wheel_down != 0 {
            (result.button, result.action) = (.none, .wheelDown)
        } else if state & curses_left_pressed != 0 {
            result.button = .left
        } else if state & curses_left_released != 0 {
            (result.button, result.action) = (.left, .release)
        } else if state & curses_middle_pressed != 0 {
            result.button = .middle
        } else if state & curses_right_pressed != 0 {
            result.button = .right
        } else {
            return nil
        }
        return .mouse(result)
    }
}

/// Keys that curses knows by number, and the sequences it has to be taught.
@MainActor
private enum CursesKeys {
    /// Numbers of our own stand far above those that curses gives out.
    static let pasteStart: Int32 = 2001
    private static let focusIn: Int32 = 2002
    private static let focusOut: Int32 = 2003
    private static let firstTaught: Int32 = 2100
    /// By their numbers, from the first on.
    private static var taught: [Key] = []

    static func teach() {
        define_key("\u{1B}[200~", pasteStart)
        define_key("\u{1B}[I", focusIn)
        define_key("\u{1B}[O", focusOut)
        taught = []
        for (tail, code) in letters {
            // Both forms of an arrow come in, whatever mode the terminal thinks it is in.
            teach("\u{1B}[\(tail)", Key(code))
            teach("\u{1B}O\(tail)", Key(code))
            for (number, modifiers) in modified { teach("\u{1B}[1;\(number)\(tail)", Key(code, modifiers)) }
        }
        for (head, code) in numbers {
            teach("\u{1B}[\(head)~", Key(code))
            for (number, modifiers) in modified { teach("\u{1B}[\(head);\(number)~", Key(code, modifiers)) }
        }
        teach("\u{1B}[Z", .backtab)
    }

    private static let letters: [(String, Key.Code)] = [
        ("A", .up), ("B", .down), ("C", .right), ("D", .left), ("H", .home), ("F", .end),
    ]
    private static let numbers: [(String, Key.Code)] = [
        ("1", .home), ("2", .insert), ("3", .delete), ("4", .end), ("5", .pageUp), ("6", .pageDown), ("7", .home),
        ("8", .end),
    ]
    /// xterm's numbers: 1 plus a bit each for Shift, Alt and Ctrl.
    private static let modified: [(Int, Key.Modifiers)] = (2...8).map { number in
        (number, Key.Modifiers(rawValue: UInt8(number - 1)))
    }

    private static func teach(_ sequence: String, _ key: Key) {
        let code = firstTaught + Int32(taught.count)
        taught.append(key)
        define_key(sequence, code)
    }

    static func input(_ code: Int32) -> RawInput? {
        if code == focusIn { return .focusIn }
        if code == focusOut { return .focusOut }
        let place = Int(code - firstTaught)
        if let key = taught.indices.contains(place) ? taught[place] : named[code] { return .key(key) }
        let function = code - KEY_F0
        return (1...63).contains(function) ? .key(functionKey(Int(function))) : nil
    }

    /// terminfo counts Shift-F1 as F13, Ctrl-F1 as F25 and so on by twelves.
    private static func functionKey(_ number: Int) -> Key {
        let modifiers: [Key.Modifiers] = [[], .shift, .control, [.shift, .control], .alt, [.shift, .alt]]
        return Key(.function((number - 1) % 12 + 1), modifiers[min((number - 1) / 12, modifiers.count - 1)])
    }

    private static let named: [Int32: Key] = [
        KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home, KEY_END: .end,
        KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_ENTER: .enter, KEY_BTAB: .backtab, KEY_BACKSPACE: .backspace,
        KEY_DC: .delete, KEY_IC: .insert, KEY_SLEFT: Key(.left, .shift), KEY_SRIGHT: Key(.right, .shift),
        KEY_SR: Key(.up, .shift), KEY_SF: Key(.down, .shift), KEY_SHOME: Key(.home, .shift),
        KEY_SEND: Key(.end, .shift),
        KEY_A1: .home, KEY_A3: .pageUp, KEY_C1: .end, KEY_C3: .pageDown,
    ]
}
