import Domain
import Services
import TerminalKit

extension SupportScreen {
    /// Parts and their header.
    private static let tableRows = SupportPart.allCases.count + Table.headerRows

    func draw(on canvas: inout Canvas, in rect: Rect, _ context: ScreenContext) -> Drawn {
        var rest = rect
        let heading = rest.sliceTop(1).inset(left: 1, right: 1)
        canvas.put("Support bundle", in: heading, style: Style(.heading, .bold))
        canvas.put(total, in: heading, alignment: .right)
        let foot = rest.sliceBottom(1).inset(left: 1, right: 1)
        var drawn = Drawn()
        switch phase {
        case .collecting:
            drawTable(on: &canvas, in: rest.sliceTop(Self.tableRows), &drawn)
            let part = percent.map { ", \($0) %" } ?? ""
            canvas.put(Line("Collecting and masking\(part); nothing is written yet…", .muted), in: foot)
        case .failed(let complaint):
            let text = Text.wrap(complaint.description.startingUpper, to: max(1, rest.width - 2), lines: 4)
            for line in text { canvas.put(line, in: rest.sliceTop(1).inset(left: 1, right: 1), style: Style(.danger)) }
            canvas.put(Line("\(context.label(.refresh, .support)) collects it again", .muted), in: foot)
        case .ready(let bundle), .writing(let bundle), .written(let bundle, _):
            drawTable(on: &canvas, in: rest.sliceTop(Self.tableRows), &drawn)
            let rule = rest.sliceTop(1)
            canvas.hline(x: rect.x, y: rule.y, width: rect.width, style: Style(.border))
            canvas.put(
                Line(" Masked ", .heading, .bold) + Line("· the same value is the same mask ", .muted)
                    + (bundle.isVerbatim ? Line("· ! words of others stay: read them first ", .warning) : .empty),
                in: rule.inset(left: 2, right: 2))
            drawMasked(bundle, on: &canvas, in: rest.inset(left: 2, right: 2))
            canvas.put(footer(context), in: foot)
        }
        return drawn
    }

    private var total: Line {
        guard let bundle else { return .empty }
        let bytes = bundle.files(without: left).reduce(0) { $0 + $1.byteCount }
        let files = Counted.text(bundle.files(without: left).count, "file")
        return Line("\(files), \(SupportBundle.size(bytes)) before packing", .muted)
    }

    private func drawTable(on canvas: inout Canvas, in rect: Rect, _ drawn: inout Drawn) {
        let columns = [
            TableColumn(id: "in", title: "", width: .fixed(3)),
            TableColumn(id: "part", title: "What goes in", width: .flexible(least: 34, weight: 5)),
            TableColumn(id: "files", title: "Files", width: .fixed(5), alignment: .right),
            TableColumn(id: "size", title: "Size", width: .fixed(11), alignment: .right),
            TableColumn(id: "masked", title: "Masked", width: .fixed(7), alignment: .right),
        ]
        let (parts, bundle, left) = (parts, bundle, left)
        let content =
            bundle.map { bundle in
                Table.Content.rows(count: parts.count) { Self.row(parts[$0], bundle, isLeft: left.contains(parts[$0])) }
            } ?? .loading(rows: SupportPart.allCases.count)
        drawn.hits.merge(Table(columns: columns, content: content).draw(table, on: &canvas, in: rect))
    }

    private static func row(_ part: SupportPart, _ bundle: SupportBundle, isLeft: Bool) -> [Line] {
        let files = bundle.files.filter { $0.part == part }
        let bytes = files.reduce(0) { $0 + $1.byteCount }
        let masked = files.reduce(0) { $0 + $1.masks.values.reduce(0, +) }
        let role: Role = isLeft ? .disabled : .text
        let cut = files.contains(where: \.isCut) ? ", their ends" : ""
        return [
            isLeft ? Line("[ ]", .disabled) : Line("[x]", .success),
            Line(part.title + (isLeft ? ": left out" : cut), role),
            Line(files.count.grouped, role), Line(SupportBundle.size(bytes), role), Line(masked.grouped, role),
        ]
    }

    /// One line a kind, with how many there are and one of the masks.
    private func drawMasked(_ bundle: SupportBundle, on canvas: inout Canvas, in rect: Rect) {
        var rest = rect
        let masked = bundle.masked(without: left)
        if masked.isEmpty { canvas.put(Line("nothing had to be masked", .muted), in: rest.sliceTop(1)) }
        for one in masked {
            var row = rest.sliceTop(1)
            canvas.put(Line(one.kind.title), in: row.sliceLeft(34))
            canvas.put(Line(Counted.text(one.values, "value"), .muted), in: row.sliceLeft(14))
            canvas.put(Line(Counted.times(one.times), .muted), in: row.sliceLeft(13))
            canvas.put(Line(one.sample, .accent), in: row)
        }
    }

    private func footer(_ context: ScreenContext) -> Line {
        switch phase {
        case .collecting, .failed: .empty
        case .writing: Line("Writing…", .muted)
        case .written(_, let written):
            // The name first: a long folder is cut at its end.
            Line("✓ Written: \(Self.name(written)), \(SupportBundle.size(written.byteCount))", .success, .bold)
                + Line(" in \(HarmlessText.line(Self.folder(written), limit: 400))")
        case .ready(let bundle):
            bundle.leftOut.isEmpty
                ? Line("\(context.label(.write, .support)) ", .key, .bold)
                    + Line(
                        "writes it into \(HarmlessText.line(context.settings.exportFolder, limit: 200)); nothing is sent anywhere",
                        .muted)
                : Line("! \(bundle.leftOut.count) left out: \(bundle.leftOut.first ?? "")", .warning)
        }
    }

    private static func name(_ written: SupportService.Written) -> String {
        HarmlessText.line(written.path.split(separator: "/").last ?? "", limit: 100)
    }

    private static func folder(_ written: SupportService.Written) -> String {
        let folder = written.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
        return folder.isEmpty ? "/" : folder
    }
}
