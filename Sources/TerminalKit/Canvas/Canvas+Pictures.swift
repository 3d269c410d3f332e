/// A picture that lies above the cells of a canvas, for terminals that draw pixels themselves. The half blocks that
/// stand for it elsewhere are the cells beneath.
public struct PlacedPicture: Hashable, Sendable {
    /// The cells that it fills.
    public let rect: Rect
    public let picture: PixelPicture
}

extension Canvas {
    /// The pictures that nothing lies over. What is drawn over one cell of a picture, or dims it, takes all of it away:
    /// a terminal cannot be told to show part of one.
    public var pictures: [PlacedPicture] { placed.isEmpty ? [] : placed.filter { isUncovered($0.rect) } }

    /// Notes a picture whose half blocks have just been drawn.
    mutating func place(_ picture: PixelPicture, at rect: Rect) {
        placed.removeAll { !$0.rect.intersection(rect).isEmpty }
        placed.append(PlacedPicture(rect: rect, picture: picture))
    }

    private func isUncovered(_ rect: Rect) -> Bool {
        (rect.y..<rect.bottom).allSatisfy { y in
            cells[y * size.columns + rect.x..<y * size.columns + rect.right].allSatisfy { cell in
                cell.pixels != nil && cell.style.surface == .paper
            }
        }
    }
}
