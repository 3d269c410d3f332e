import Testing
import Toml

@testable import Services

/// What the TOML library would end the process for is refused before it, and nothing else is.
@Suite struct TomlHeadersTests {
    @Test(arguments: ["[[[a]", "[ =a]", "[[\u{E9}]]", "[#]", "x = 1\n[.a]", "x = [1]\n[{a}]", "x = \"a\n[[[b]\n\""])
    func aHeaderWithoutANameIsFound(text: String) {
        #expect(TomlHeaders.nameless(in: text) != nil)
    }

    @Test(arguments: [
        "[a]\n[[b]]\n[ c . d ]\n[\"e f\"]\n['g']\n[-_1]", "x = [\n  [\n    1, 2\n  ],\n  [.5],\n]\n[a]",
        "x = { a = [ [{}] ] }",
        "x = \"\"\"\n[[[no header]\n\\\"\"\"\"\n[a]", "x = '''\n[= none]\n'''", "# [[[none]\n[a]#[[[",
        "x = \"[[[\" # [=", "", "[", "[]",
    ])
    func whatIsNoSuchHeaderIsLeftToTheLibrary(text: String) {
        #expect(TomlHeaders.nameless(in: text) == nil)
    }

    @Test func theRefusalNamesTheLine() {
        #expect(TomlHeaders.nameless(in: "a = 1\r\n# x\n\n[[[b]\n") == 4)
        do throws(ConfigurationProblems) {
            _ = try ProviderFile.read(path: "a.toml", text: "name = \"x\"\n[[[limits]\n")
            Issue.record("it was read")
        } catch {
            #expect(error.problems.map(\.line) == [2])
            #expect(error.problems.first?.message == "is no valid TOML: a section without a name")
        }
    }
}
