import Domain
import Services
import TerminalKit

/// Texts of a bundle as they would be written, or what masks stand for.
public struct SupportText: Hashable, Sendable {
    var title: String
    var head: String
    var lines: [String]

    init(_ bundle: SupportBundle, _ part: SupportPart) {
        let files = bundle.files.filter { $0.part == part }
        title = part.title
        head = "\(Counted.text(files.count, "file")), as they would be written"
        lines = files.flatMap { file in
            ["== \(HarmlessText.line(file.path, limit: 200))\(file.isCut ? " (its end)" : "")"]
                + file.text.split(separator: "\n", omittingEmptySubsequences: false).map {
                    HarmlessText.line($0, limit: 2_000)
                }
        }
    }

    init(_ meanings: [SupportService.Meaning]) {
        title = "Masks"
        head = Counted.text(meanings.count, "mask") + " of bundles that were made here"
        lines = meanings.flatMap { meaning in
            [
                "\(meaning.mask)  \(meaning.value.map { HarmlessText.line($0, limit: 400) } ?? "a secret: kept nowhere")",
                "  \(meaning.kind.title); bundle \(meaning.bundle), \(meaning.madeAt)", "",
            ]
        }
    }
}

struct SupportTextScreen: TextScreen {
    var text: ScrolledText<SupportText>
    private let title: String

    static var noun: String { "text" }
    var scope: CommandScope { .supportText }
    var trail: [String] { [title] }

    init(_ content: SupportText) {
        text = ScrolledText(content)
        title = content.title
    }

    func reading(_ ticket: Ticket) -> Effect? { nil }
    static func content(of loaded: Loaded) -> SupportText? { nil }
    func head(_ content: SupportText, _ context: ScreenContext) -> [Line] { [Line(content.head, .heading, .bold)] }
    func lines(_ content: SupportText, _ context: ScreenContext) -> [Line] { content.lines.map { Line($0) } }
}
