import Domain
import Testing

@testable import Portals

/// Names of documents as portals tell them, for people and for files.
@Suite struct DocumentNameTests {
    @Test(arguments: [
        ("..\\..\\evil\u{1B}[31m.pdf", "evil\\u{1b}[31m.pdf"), ("C:\\x\\y.pdf", "y.pdf"), ("/etc/passwd", "passwd"),
        ("Order\u{202E}fdp.exe", "Order\\u{202e}fdp.exe"),
        ("\u{1B}]0;title\u{7}Notice.pdf", "\\u{1b}]0;title\\u{7}Notice.pdf"),
        ("Notice\n2026.pdf", "Notice 2026.pdf"), ("आदेश (1).pdf", "आदेश (1).pdf"), ("..", "document"),
        ("a/..", "document"),
        ("", "document"), ("\\", "document"), ("folder/", "folder"),
    ])
    func aNameKeepsItsBeginningAndLosesItsPath(told: String, shown: String) {
        let name = NoticeDocument.safeName(told)
        #expect(name == shown)
        #expect(name.unicodeScalars.allSatisfy(HarmlessText.isHarmless))
    }

    @Test func aPathOfAnyLengthLeavesTheName() {
        let told = String(repeating: "folder\\", count: 100) + "Notice.pdf"
        #expect(NoticeDocument.safeName(told) == "Notice.pdf")
        #expect(NoticeDocument.safeName(String(repeating: "a", count: 500)).count == 121)
    }
}
