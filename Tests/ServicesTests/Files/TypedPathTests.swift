import Testing

@testable import Services

@Suite("Paths as people type them") struct TypedPathTests {
    private let environment = ["HOME": "/home/asha"]

    @Test func `a tilde is the home folder of the environment, and of nobody else`() {
        #expect(TypedPath.expanded("~/march.csv", environment) == "/home/asha/march.csv")
        #expect(TypedPath.expanded("~", environment) == "/home/asha")
        for text in ["~root/x", "march~/x", "/tmp/~", "", "./~/x"] {
            #expect(TypedPath.expanded(text, environment) == text)
        }
        #expect(TypedPath.expanded("~/x", [:]) == "~/x" && TypedPath.expanded("~/x", ["HOME": ""]) == "~/x")
    }

    @Test func `it is read in arguments too, also behind an option's sign`() {
        let given = ["einvoice", "qr", "--png=~/a.png", "--svg", "~/b.svg", "--remark=a~/b", "-"]
        #expect(
            TypedPath.expanded(arguments: given, environment) == [
                "einvoice", "qr", "--png=/home/asha/a.png", "--svg", "/home/asha/b.svg", "--remark=a~/b", "-",
            ])
    }
}
