import Testing
import Toml

@testable import Services

/// What the TOML library would end the process for is refused before it, and nothing else is.
@Suite struct TomlTrapTests {
    @Test(arguments: ["[[[a]", "[ =a]", "[[\u{E9}]]", "[#]", "x = 1\n[.a]", "x = [1]\n[{a}]", "x = \"a\n[[[b]\n\""])
    func aHeaderWithoutANameIsFound(text: String) {
        #expect(TomlTrap(in: text)?.problem == "is no valid TOML: a section without a name")
    }

    @Test(arguments: [
        "x =1979-05-27 3", "x = 1.5", "x = [1, .5]", "x = {a = nan}", "x = 0x1F", "a.b = 07:32", "x = [\ntrue, inf]",
        "x = ++1", "x = -", "x = \u{E9}",
    ])
    func aValueThatNoFileOfOursHasIsFound(text: String) {
        #expect(TomlTrap(in: text)?.problem.hasPrefix("holds a value that is neither") == true)
    }

    @Test(arguments: [
        "x = [}\"gst\"]", "x = [1, }]", "x = [\n # {\n }", "x = {a = [}]}", "x = \"[\"\ny = [[],}",
        "x = '''['''''\ny = [}",
    ])
    func aBraceWhereAListIsOpenIsFound(text: String) {
        #expect(TomlTrap(in: text)?.problem == "is no valid TOML: a } where a list is open")
    }

    @Test(arguments: [
        "[a]\n[[b]]\n[ c . d ]\n[\"e f\"]\n['g']\n[-_1]", "x = [\n  [\n    1, 2\n  ],\n  [5],\n]\n[a]",
        "x = { a = [ [{}] ] }",
        "x = \"\"\"\n[[[no header]\n\\\"\"\"\"\n[a]", "x = '''\n[= none]\n'''", "# [[[none]\n[a]#[[[",
        "x = \"[[[\" # [=", "", "[", "[]", "x = [{a = 1}, {}]", "x = }", "x = [1]}", "x = \"[\" # }\n",
        "x = [\"}\", '}']", "x = 1_000 # 1.5",
        "y.z = -5\nnan = true\n1979-05-27 = \"x\"", "x = { nan = 1, y = [ +2, false ] }", "x =\n1.5",
        "x = {a = \"\"\"[\"\"\"\"\"}",
    ])
    func whatIsNoSuchHeaderIsLeftToTheLibrary(text: String) {
        #expect(TomlTrap(in: text) == nil)
    }

    @Test func theRefusalNamesTheLine() {
        #expect(TomlTrap(in: "a = 1\r\n# x\n\n[[[b]\n")?.line == 4)
        do throws(ConfigurationProblems) {
            _ = try ProviderFile.read(path: "a.toml", text: "name = \"x\"\n[[[limits]\n")
            Issue.record("it was read")
        } catch {
            #expect(error.problems.map(\.line) == [2])
            #expect(error.problems.first?.message == "is no valid TOML: a section without a name")
        }
    }
}
