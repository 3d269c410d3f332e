import Domain
import Foundation
import Portals

/// All provider files of a workspace, and which of them serves which portal.
public struct ProviderCatalog: Sendable {
    public let files: [ProviderFile]
    /// Files that could not be used, each with its problems; the rest stays usable.
    public let broken: [ConfigurationProblem]

    public init(files: [ProviderFile], broken: [ConfigurationProblem] = []) {
        self.files = files
        self.broken = broken
    }

    /// Reads `providers/*.toml` in the order of their names. A missing folder is an empty catalogue.
    public static func load(folder: String) -> ProviderCatalog {
        var files: [ProviderFile] = []
        var broken: [ConfigurationProblem] = []
        if FileManager.default.fileExists(atPath: folder), access(folder, R_OK | X_OK) != 0 {
            broken.append(ConfigurationProblem(file: folder, line: 0, key: "", message: "this folder cannot be read"))
        }
        for name in names(in: folder) {
            let path = "\(folder)/\(name)"
            do {
                let file = try read(path)
                if let twin = files.first(where: { $0.profile.name == file.profile.name }) {
                    let message = "\"\(file.profile.name)\" is the name of \(twin.path) already"
                    broken.append(ConfigurationProblem(file: path, line: 0, key: "name", message: message))
                } else {
                    files.append(file)
                }
            } catch {
                broken.append(contentsOf: error.problems)
            }
        }
        return ProviderCatalog(files: files, broken: broken)
    }

    /// Provider files in the order of their names; hidden ones are what editors leave behind.
    static func names(in folder: String) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return all.filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }.sorted()
    }

    public static func read(_ path: String) throws(ConfigurationProblems) -> ProviderFile {
        let text: String
        do throws(SmallTextFile.Refusal) {
            text = try SmallTextFile.read(path)
        } catch {
            throw ConfigurationProblems(problems: [
                ConfigurationProblem(file: path, line: 0, key: "", message: error.reason)
            ])
        }
        return try ProviderFile.read(path: path, text: text)
    }

    public func named(_ name: String) -> ProviderFile? { files.first { $0.profile.name == name } }

    /// The account's own choice, else the one in `[portals]`, else the file marked default, else the only one.
    public func provider(for portal: Portal, chosen: String?, settings: Settings) -> ProviderFile? {
        if let name = chosen ?? settings.providers[portal] { return named(name) }
        let able = files.filter { $0.profile.portals.contains(portal) }
        return able.first { $0.profile.isDefault } ?? (able.count == 1 ? able.first : nil)
    }

    /// What the first paint says of `isSimulated`, from words alone: reading the files takes longer than painting.
    /// In doubt it says so; who needs to be sure loads the catalogue.
    static func seemsSimulated(folder: String) -> Bool {
        names(in: folder).contains { name in
            guard let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) else { return false }
            return text.split(whereSeparator: \.isNewline).contains { line in
                let words = line.lowercased().filter { $0 != " " && $0 != "\t" && $0 != "\"" && $0 != "'" }
                if words.hasPrefix("simulated=") { return words.hasPrefix("simulated=true") }
                return words.hasPrefix("base=") && hints.contains { words.contains($0) }
            }
        }
    }

    private static let hints = [ProviderFile.sandboxAddress, "//localhost", "//127.", "::1"]

    /// Whether anything that the desk shows may come from a simulation.
    public var isSimulated: Bool {
        files.contains { file in
            if file.profile.isSimulated || file.startsSandbox { return true }
            return URL(string: file.profile.baseURL)?.host.map(ProviderFile.isLoopback) ?? false
        }
    }
}
