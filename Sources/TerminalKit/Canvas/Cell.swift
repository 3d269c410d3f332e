/// One column of the screen in eight bytes. A scalar stands inline; a scalar with marks is a number into the
/// canvas's table of clusters; two pixels of a picture, one above the other, are two numbers of the palette.
struct Cell: Hashable, Sendable {
    /// The scalar, or `Cell.clusterFlag` with an index, or `Cell.pixelFlag` with two colours.
    var code: UInt32
    /// 1 or 2 columns; 0 for the right half of a wide cell.
    var columns: UInt8
    var style: Style

    static let clusterFlag: UInt32 = 0x8000_0000
    static let pixelFlag: UInt32 = 0x4000_0000
    static let blankCode: UInt32 = 0x20

    init(_ code: UInt32, columns: UInt8 = 1, style: Style) {
        self.code = code
        self.columns = columns
        self.style = style
    }

    static func blank(_ style: Style) -> Cell { Cell(blankCode, style: style) }

    var clusterIndex: Int? { code & Cell.clusterFlag == 0 ? nil : Int(code & ~Cell.clusterFlag) }

    /// Two pixels of a picture.
    init(_ pixels: PixelPair, style: Style) {
        self.init(Cell.pixelFlag | UInt32(pixels.upper) << 8 | UInt32(pixels.lower), style: style)
    }

    var pixels: PixelPair? {
        guard code & (Cell.clusterFlag | Cell.pixelFlag) == Cell.pixelFlag else { return nil }
        return PixelPair(upper: UInt8(code >> 8 & 255), lower: UInt8(code & 255))
    }
}

/// A base scalar with up to four marks, the most a cell of ncurses keeps. Unused places are 0.
struct Cluster: Hashable, Sendable {
    var scalars: SIMD8<UInt32>
    static let mostMarks = 4

    init(base: UInt32) { scalars = SIMD8(base, 0, 0, 0, 0, 0, 0, 0) }

    /// False when the cell is full and the mark is dropped.
    mutating func append(_ mark: UInt32) -> Bool {
        for place in 1...Cluster.mostMarks where scalars[place] == 0 {
            scalars[place] = mark
            return true
        }
        return false
    }

    var count: Int { (1...Cluster.mostMarks).first { scalars[$0] == 0 } ?? Cluster.mostMarks + 1 }

    var text: String {
        var view = String.UnicodeScalarView()
        for place in 0..<count {
            if let scalar = Unicode.Scalar(scalars[place]) { view.append(scalar) }
        }
        return String(view)
    }
}
