/// What a place on the screen stands for: a name such as `row` or `button`, and which one of its kind.
public struct HitTarget: Hashable, Sendable {
    public var name: String
    public var index: Int

    public init(_ name: String, _ index: Int = 0) {
        self.name = name
        self.index = index
    }
}

public struct HitRegion: Hashable, Sendable {
    public var rect: Rect
    public var target: HitTarget

    public init(_ rect: Rect, _ target: HitTarget) {
        self.rect = rect
        self.target = target
    }
}

/// Where the parts of a picture lie, so that a click can be mapped back. What was added last lies on top.
public struct HitMap: Hashable, Sendable {
    public private(set) var regions: [HitRegion] = []

    public init() {}

    public mutating func add(_ rect: Rect, _ target: HitTarget) {
        if !rect.isEmpty { regions.append(HitRegion(rect, target)) }
    }

    public mutating func merge(_ other: HitMap) { regions.append(contentsOf: other.regions) }

    /// Forgets what lies below, when a dialog covers everything.
    public mutating func removeAll() { regions.removeAll() }

    public func target(x: Int, y: Int) -> HitTarget? {
        regions.last { $0.rect.contains(x: x, y: y) }?.target
    }
}
