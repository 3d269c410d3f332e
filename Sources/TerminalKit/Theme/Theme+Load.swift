import Foundation

extension Theme {
    /// The files of `themes/` that the program carries with it; `dark` is code, for a quick start.
    private static let shipped = ["light": PackageResources.light_toml, "mono": PackageResources.mono_toml]

    /// Finds `NAME.toml` in the first folder that has one. `dark`, `light` and `mono` need no file.
    ///
    /// - Returns: the theme, with what is doubtful in its file: that does not stop it.
    public static func load(
        named name: String, searchPaths: [String]
    ) throws(ThemeFailure) -> (theme: Theme, doubts: [ThemeProblem]) {
        for folder in searchPaths {
            let file = folder + "/" + name + ".toml"
            guard isSafe(name), FileManager.default.fileExists(atPath: file) else { continue }
            let reading = read(file)
            if let theme = reading.theme { return (theme, reading.problems) }
            throw ThemeFailure(problems: reading.problems)
        }
        if name == dark.name { return (dark, []) }
        if let bytes = shipped[name], let theme = parse(String(decoding: bytes, as: UTF8.self), file: name).theme {
            return (theme, [])
        }
        let places = searchPaths.isEmpty ? "no folder" : searchPaths.joined(separator: ", ")
        let problem = ThemeProblem(file: name, line: 0, key: "", message: "no such theme; looked in \(places)")
        throw ThemeFailure(problems: [problem])
    }

    /// Everything that is wrong or doubtful in a file; empty when it is in order.
    public static func check(_ file: String) -> [ThemeProblem] { read(file).problems }

    /// Names that `load` can find, in order, each once.
    public static func names(searchPaths: [String]) -> [String] {
        let found = searchPaths.flatMap { folder in
            ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
                .filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }
        }
        return Set(found + [dark.name] + shipped.keys).sorted()
    }

    /// Reads a theme from text; `file` stands in the problems only.
    public static func parse(_ text: String, file: String) -> (theme: Theme?, problems: [ThemeProblem]) {
        let reading = ThemeFile(text: text, file: file)
        return (reading.theme, reading.problems)
    }

    /// A theme file is a page; more than this is not one.
    private static let mostBytes = 256 * 1024

    private static func read(_ file: String) -> (theme: Theme?, problems: [ThemeProblem]) {
        guard let handle = FileHandle(forReadingAtPath: file), let data = try? handle.read(upToCount: mostBytes + 1)
        else {
            return (nil, [ThemeProblem(file: file, line: 0, key: "", message: "cannot be read")])
        }
        guard data.count <= mostBytes, let text = String(data: data, encoding: .utf8) else {
            return (nil, [ThemeProblem(file: file, line: 0, key: "", message: "not a text of at most 256 KiB")])
        }
        return parse(text, file: file)
    }

    /// A name, not a path that leads elsewhere.
    private static func isSafe(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix(".") && !name.contains("/")
    }
}
