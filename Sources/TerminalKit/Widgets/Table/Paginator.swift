/// `Total 4884 items    1–20    ‹ 1 2 3 … 245 ›    20/page`. Pages count from 0 in code, from 1 on the screen.
public struct Paginator: Hashable, Sendable {
    public var total: Int
    public var page: Int
    public var pageSize: Int
    /// Set while the total is still being counted.
    public var isTotalExact: Bool

    public init(total: Int, page: Int, pageSize: Int, isTotalExact: Bool = true) {
        self.total = max(0, total)
        self.pageSize = max(1, pageSize)
        self.isTotalExact = isTotalExact
        self.page = min(max(0, page), max(0, (self.total + self.pageSize - 1) / self.pageSize - 1))
    }

    public var pageCount: Int { max(1, (total + pageSize - 1) / pageSize) }
    /// Numbers of the first and last row shown, from 1; nil when there is none.
    public var shownRows: ClosedRange<Int>? {
        total == 0 ? nil : page * pageSize + 1...min(total, (page + 1) * pageSize)
    }

    /// The page numbers to offer, from 0; nil is a gap.
    public func offered(around count: Int = 1) -> [Int?] {
        let last = pageCount - 1
        var wanted = page <= 3 ? Array(0...min(2, last)) : [0]
        for number in Array(max(0, page - count)...min(last, page + count)) + [last] {
            if let highest = wanted.last, number > highest { wanted.append(number) }
        }
        var result: [Int?] = []
        for number in wanted {
            if let previous = result.last ?? nil, number - previous == 2 {
                result.append(previous + 1)
            } else if let previous = result.last ?? nil, number - previous > 2 {
                result.append(nil)
            }
            result.append(number)
        }
        return result
    }

    /// - Parameter number: how a number is written.
    /// Hits: `page` with its number, `previousPage`, `nextPage`, `pageSize`.
    @discardableResult
    public func draw(
        on canvas: inout Canvas, in rect: Rect, surface: Surface = .base, number: (Int) -> String = { String($0) }
    ) -> HitMap {
        var hits = HitMap()
        guard !rect.isEmpty else { return hits }
        var x = rect.x
        let gap = rect.width >= 72 ? 4 : 2
        func room() -> Int { max(0, rect.right - x) }
        let totalText = "Total \(number(total))\(isTotalExact ? "" : "+") item\(total == 1 ? "" : "s")"
        x += canvas.put(totalText, x: x, y: rect.y, style: Style(on: surface), width: room()) + gap
        let range = shownRows.map { "\(number($0.lowerBound))–\(number($0.upperBound))" } ?? "none"
        if room() >= Text.width(range) {
            x += canvas.put(range, x: x, y: rect.y, style: Style(.muted, on: surface)) + gap
        }
        for variant in [offered(), offered(around: 0), [page]] where width(of: variant, number) <= room() {
            x = drawPages(variant, on: &canvas, x: x, y: rect.y, surface: surface, number, hits: &hits) + gap
            break
        }
        let size = "\(pageSize)/page"
        if room() >= size.count {
            let used = canvas.put(size, x: x, y: rect.y, style: Style(.muted, on: surface))
            hits.add(Rect(x: x, y: rect.y, width: used, height: 1), HitTarget("pageSize"))
        }
        return hits
    }

    private func width(of pages: [Int?], _ number: (Int) -> String) -> Int {
        4 + pages.reduce(0) { $0 + ($1.map { Text.width(number($0 + 1)) } ?? 1) } + max(0, pages.count - 1)
    }

    private func drawPages(
        _ pages: [Int?], on canvas: inout Canvas, x start: Int, y: Int, surface: Surface, _ number: (Int) -> String,
        hits: inout HitMap
    ) -> Int {
        var x = start
        func put(_ text: String, _ style: Style, _ target: HitTarget?) {
            let used = canvas.put(text, x: x, y: y, style: style)
            if let target { hits.add(Rect(x: x, y: y, width: used, height: 1), target) }
            x += used + 1
        }
        put("‹", Style(self.page > 0 ? .key : .disabled, on: surface), HitTarget("previousPage"))
        for page in pages {
            guard let page else {
                put("…", Style(.muted, on: surface), nil)
                continue
            }
            let style = page == self.page ? Style(.accent, on: surface, [.bold, .underline]) : Style(on: surface)
            put(number(page + 1), style, HitTarget("page", page))
        }
        put("›", Style(self.page + 1 < pageCount ? .key : .disabled, on: surface), HitTarget("nextPage"))
        return x - 1
    }
}
