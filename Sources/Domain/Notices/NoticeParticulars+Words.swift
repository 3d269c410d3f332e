extension NoticeParticulars {
    /// The lines of a default summary as a table: code, kind, amount in default, reported or paid, payable. The first line
    /// names the columns; empty where there are no lines.
    ///
    /// - Parameter width: what a line may have; kinds are shortened for it, amounts are not.
    public func defaultTexts(width: Int = .max) -> [String] {
        guard !defaults.isEmpty else { return [] }
        let head = ["", "Type", "Default", "Reported", "Payable"]
        let rows = defaults.map { line in
            [line.code, line.kind] + [line.amount, line.reported, line.payable].map { $0?.grouped ?? "—" }
        }
        var widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
        let excess = widths.reduce(2 * (head.count - 1), +) - width
        if excess > 0 { widths[1] = max(8, widths[1] - excess) }
        return ([head] + rows).map { row in
            let cells = row.enumerated().map { column, whole in
                let text = whole.count > widths[column] ? String(whole.prefix(widths[column] - 1)) + "…" : whole
                let gap = String(repeating: " ", count: widths[column] - text.count)
                return column > 1 ? gap + text : text + gap
            }
            return cells.joined(separator: "  ").trimmedAtEnd
        }
    }

    /// What was filed in reply, one line each.
    public var replyTexts: [String] {
        replies.map { reply in
            let files = reply.attachments.isEmpty ? "" : "(\(Counted.text(reply.attachments.count, "file")))"
            let kind = reply.kind == "FR" ? "full response" : reply.kind
            let words = HarmlessText.line(reply.text, limit: 400)
            let head = [reply.submittedOn.map(TimeText.date) ?? "", kind].filter { !$0.isEmpty }.joined(separator: " ")
            let rest = [words, files].filter { !$0.isEmpty }.joined(separator: " ")
            return [head, rest].filter { !$0.isEmpty }.joined(separator: ": ")
        }
    }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
