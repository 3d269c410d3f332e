import Services
import TerminalKit

/// A signed QR on the screen: in half blocks of several sizes, moved about where it does not fit, or fitted into the window
/// for terminals that draw pixels.
struct SignedQr: Sendable {
    let picture: PixelPicture
    /// Modules a side with the quiet zone.
    let side: Int
    /// Row by row. What it says is no secret: it is printed on paper.
    private let dark: [Bool]
    /// Half blocks a module takes; 0 fits the whole into the window, however fine that gets.
    private(set) var zoom = 0
    private var corner = Point(x: 0, y: 0)

    static let mostZoom = 4
    /// Columns of window at its sides.
    static let margin = 4

    init?(_ code: QrCode) {
        var (rgb, dark) = ([UInt8](), [Bool]())
        rgb.reserveCapacity(code.columns * code.columns * 3)
        for row in 0..<code.columns {
            for column in 0..<code.columns {
                let isDark = code.isDark(column - QrCode.quietZone, row - QrCode.quietZone)
                dark.append(isDark)
                rgb += isDark ? [0, 0, 0] : [255, 255, 255]
            }
        }
        guard let picture = PixelPicture(columns: code.columns, rows: code.columns, rgb: rgb) else { return nil }
        self.picture = picture
        self.dark = dark
        side = code.columns
    }

    /// Columns and rows of text that a size takes, from 1.
    func size(_ zoom: Int) -> Size { Size(columns: side * zoom, rows: (side * zoom + 1) / 2) }

    private func fits(_ zoom: Int, _ room: Size) -> Bool {
        let size = size(zoom)
        return size.columns + Self.margin <= room.columns && size.rows <= room.rows
    }

    /// Whether all of it is there at a size that cameras read.
    func isWhole(in room: Size) -> Bool { zoom > 0 && fits(zoom, room) }

    // MARK: Sizes and places

    /// The largest size that is whole; none of them may be.
    mutating func fit(_ room: Size) {
        zoom = (1...Self.mostZoom).last { fits($0, room) } ?? 0
        corner = Point(x: 0, y: 0)
    }

    mutating func zoom(by steps: Int, _ room: Size) {
        let (old, centre) = (max(zoom, 1), centre(room))
        zoom = min(max(zoom + steps, 0), Self.mostZoom)
        let new = max(zoom, 1)
        corner = Point(
            x: centre.x * new / old - room.columns / 2, y: centre.y * new / old - room.rows / 2)
        clamp(room)
    }

    private func centre(_ room: Size) -> Point {
        let size = size(max(zoom, 1))
        return Point(
            x: min(size.columns, corner.x * 2 + room.columns) / 2, y: min(size.rows, corner.y * 2 + room.rows) / 2)
    }

    /// False for a key that moves nothing.
    mutating func move(_ key: Key, _ room: Size) -> Bool {
        let (across, down) = (max(1, room.columns / 4), max(1, room.rows / 4))
        switch key {
        case .left: corner.x -= across
        case .right: corner.x += across
        case .up, "k": corner.y -= down
        case .down, "j": corner.y += down
        case .pageUp: corner.y -= room.rows
        case .pageDown: corner.y += room.rows
        case .home, "g": corner = Point(x: 0, y: 0)
        case .end, "G": corner = Point(x: size(zoom).columns, y: size(zoom).rows)
        default: return false
        }
        clamp(room)
        return true
    }

    mutating func clamp(_ room: Size) {
        let size = size(max(zoom, 1))
        corner.x = min(max(0, corner.x), max(0, size.columns - room.columns))
        corner.y = min(max(0, corner.y), max(0, size.rows - room.rows))
    }

    // MARK: Drawing

    func draw(on canvas: inout Canvas, in rect: Rect) {
        guard zoom > 0 else {
            canvas.put(picture, in: rect, growth: 1)
            return
        }
        draw(zoom, from: corner, on: &canvas, in: rect)
    }

    /// In the smallest size, whole.
    func drawSmall(on canvas: inout Canvas, in rect: Rect) {
        draw(1, from: Point(x: 0, y: 0), on: &canvas, in: rect)
    }

    private func draw(_ zoom: Int, from corner: Point, on canvas: inout Canvas, in rect: Rect) {
        let all = size(zoom)
        let place = rect.centred(
            Size(columns: min(rect.width, all.columns - corner.x), rows: min(rect.height, all.rows - corner.y)))
        for row in 0..<place.height {
            let line = (0..<place.width).reduce(into: "") { line, column in
                let (x, y) = ((corner.x + column) / zoom, (corner.y + row) * 2)
                line += Self.block(isDark(x, y / zoom), isDark(x, (y + 1) / zoom))
            }
            canvas.put(line, in: place.row(row), style: Style(.text, on: .paper))
        }
    }

    private func isDark(_ x: Int, _ y: Int) -> Bool { x < side && y < side && dark[y * side + x] }

    private static func block(_ upper: Bool, _ lower: Bool) -> String {
        switch (upper, lower) {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): " "
        }
    }
}
