import CTerminal
import Foundation

/// The owner of the terminal: the only one that sets it up, paints it, reads it and gives it back.
@MainActor
public final class Terminal {
    /// What the screen holds now.
    public private(set) var size: Size
    public let tier: ColourTier
    /// False when the locale has only ASCII; drawn glyphs are then replaced by their twins.
    public let isUnicode: Bool

    let options: TerminalOptions
    var painter: CanvasPainter
    var listener: TerminalListener?
    var paste: PasteCollector?
    /// There once the terminal has been asked for its graphics.
    var replies: ReplyCollector?
    var heardGraphics: Graphics?
    var layer = PictureLayer()
    /// Counts what was held back, so that a late release touches nothing newer.
    var releases = 0
    private let screen: Curses.Screen
    private let sink: FrameSink
    private var errors: ErrorCapture?
    private var cursor: Point?
    private var isUp = true
    /// Curses has left its screen and sets the modes anew at the next update.
    private(set) var isAway = false

    /// Takes the terminal over. Until `close` nothing else may write to it.
    public static func open(_ options: TerminalOptions) throws(TerminalProblem) -> Terminal {
        guard isatty(STDIN_FILENO) == 1 else { throw .notATerminal(.input) }
        guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal(.output) }
        guard let type = options.type, !type.isEmpty else { throw .typeUnset }
        // They would freeze the size at what they say.
        unsetenv("LINES")
        unsetenv("COLUMNS")
        _ = terminal_guard_install(STDIN_FILENO)
        TerminalListener.holdSignals()
        let isUnicode = TerminalLocale.choose()
        // Slim systems lack descriptions of newer terminals, all of which understand xterm's sequences.
        guard let sink = FrameSink(),
            let screen = Curses.open(type: type, output: sink.output)
                ?? Curses.open(type: "xterm-256color", output: sink.output)
        else {
            TerminalListener.letSignals()
            throw .cannotStart(type: type)
        }
        guard Curses.canPosition else {
            Curses.end(screen)
            TerminalListener.letSignals()
            throw .cannotPosition(type: type)
        }
        return Terminal(options, screen: screen, sink: sink, isUnicode: isUnicode)
    }

    private init(_ options: TerminalOptions, screen: Curses.Screen, sink: FrameSink, isUnicode: Bool) {
        self.options = options
        self.screen = screen
        self.sink = sink
        self.isUnicode = isUnicode
        reportsMouse = options.reportsMouse
        pictures = options.pictures
        terminal_guard_arm(1)
        errors = ErrorCapture(path: options.errorFile)
        Curses.setModes(escapeDelay: options.escapeDelay ?? 25, mouse: options.reportsMouse)
        Curses.forgetPairs()
        let colours = Curses.startColours()
        tier = options.tier ?? ColourTier(colours: colours, noColour: options.noColour)
        painter = CanvasPainter(theme: options.theme, tier: colours == 0 ? .none : tier, isUnicode: isUnicode)
        size = Curses.size
        send(PrivateModes.on)
    }

    /// Changing it paints everything again at the next `draw`.
    public var theme: Theme {
        get { painter.theme }
        set {
            painter.theme = newValue
            painter.forget()
        }
    }

    /// Off, so that the terminal's own selection works; on again.
    public var reportsMouse: Bool {
        didSet { Curses.setMouse(reportsMouse) }
    }

    /// How pictures may be shown. Changing it holds from the next `draw` on.
    public var pictures: PictureChoice

    /// Shows a canvas: writes what has changed, in one frame, and nothing at all when nothing has. No cursor is shown
    /// without a place for it.
    public func draw(_ canvas: Canvas, cursor: Point? = nil) {
        guard isUp else { return }
        let hasChanged = painter.paint(canvas, screen: size)
        let change = pictureChange(for: canvas)
        guard hasChanged || cursor != self.cursor || !change.isEmpty else { return }
        self.cursor = cursor
        for rows in change.rows { Curses.redraw(rows) }
        sink.frame(isDirect: isAway, before: change.before, after: change.after) { Curses.update(cursor: cursor) }
        isAway = false
    }

    /// Repaints everything, as after another program has written over the screen (Ctrl-L).
    public func repaint() {
        guard isUp, let canvas = painter.lastCanvas else { return }
        painter.forget()
        layer.forget()
        Curses.forgetScreen()
        let place = cursor
        cursor = nil
        draw(canvas, cursor: place)
    }

    /// Hands text to the terminal's clipboard (OSC 52). False when it is too long; there is no acknowledgement, so say
    /// "sent to the terminal's clipboard".
    public func copyToClipboard(_ text: String) -> Bool {
        guard isUp, let sequence = Clipboard.sequence(for: text) else { return false }
        send(sequence)
        return true
    }

    /// Stops this program as the shell's Ctrl-Z does, and returns when it is in the foreground again.
    public func suspend() {
        guard isUp else { return }
        leave()
        JobControl.stop()
        comeBack()
    }

    /// Gives the terminal back as it was, stops listening, and shows what was written to standard error meanwhile.
    public func close() {
        guard isUp else { return }
        listener?.cancel()
        listener = nil
        leave()
        Curses.end(screen)
        isUp = false
        terminal_guard_arm(0)
        errors?.end()
        errors = nil
    }

    private func leave() {
        awaitReplies()
        layer.forget()
        FrameSink.send(layer.show([], pictureTerms).before)
        send(PrivateModes.off)
        Curses.setMouse(false)
        Curses.leave()
        isAway = true
    }

    private func comeBack() {
        takeSize()
        Curses.setMouse(reportsMouse)
        send(PrivateModes.on)
        repaint()
    }

    /// Shows the pictures anew when the size of a cell has changed and nothing else.
    func refreshPictures() {
        if let canvas = painter.lastCanvas { draw(canvas, cursor: cursor) }
    }

    /// Asks the kernel: with a signal source of ours curses never learns of a change by itself. True when it changed.
    @discardableResult
    func takeSize() -> Bool {
        var window = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
            return false
        }
        let now = Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
        let hasChanged = now != size
        Curses.resize(to: now)
        size = now
        if hasChanged { painter.forget() }
        return hasChanged
    }

    /// Private sequences go out between frames only, past curses, which keeps nothing back after an update.
    private func send(_ text: String) { FrameSink.send(Array(text.utf8)) }
}
