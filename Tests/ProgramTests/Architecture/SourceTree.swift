import Foundation

/// The repository's source files as text.
enum SourceTree {
    struct File {
        /// From the repository's top.
        let path: String
        let text: String

        /// The folder under Sources.
        var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

        /// The modules that it imports.
        var imports: [String] {
            lines.compactMap { line in
                let words = line.split(separator: " ")
                guard let at = words.firstIndex(of: "import"), words[..<at].allSatisfy(Self.isImportPrefix),
                    at + 1 < words.count
                else { return nil }
                let isKind = ["struct", "class", "enum", "func", "protocol", "typealias"].contains(words[at + 1])
                let name = words[isKind ? at + 2 : at + 1]
                return name.split(separator: ".").first.map(String.init)
            }
        }

        private static func isImportPrefix(_ word: Substring) -> Bool {
            word.hasPrefix("@") || ["internal", "public", "private", "fileprivate", "package"].contains(word)
        }

        /// Its lines without comments and without what stands in quotes.
        var code: [String] {
            var isQuotedBlock = false
            return lines.map { line in
                let marks = line.components(separatedBy: "\"\"\"").count - 1
                let wasQuoted = isQuotedBlock
                if marks % 2 == 1 { isQuotedBlock.toggle() }
                return wasQuoted || marks > 0 ? "" : Self.withoutQuotes(line)
            }
        }

        private static func withoutQuotes(_ line: Substring) -> String {
            var result = ""
            var isQuoted = false
            var previous: Character = " "
            for character in line {
                if character == "\"", previous != "\\" { isQuoted.toggle() }
                if character == "/", previous == "/", !isQuoted { break }
                if !isQuoted { result.append(character) }
                previous = previous == "\\" && character == "\\" ? " " : character
            }
            return result
        }
    }

    static func files(ending: String, in folder: String = "Sources") throws -> [File] {
        let top = BuiltProgram.repository
        guard let walk = FileManager.default.enumerator(atPath: "\(top)/\(folder)") else { return [] }
        return try walk.compactMap { $0 as? String }.filter { $0.hasSuffix(ending) }.sorted().map { name in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(top)/\(folder)/\(name)"))
            return File(path: "\(folder)/\(name)", text: String(decoding: bytes, as: UTF8.self))
        }
    }
}
