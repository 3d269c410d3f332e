import Foundation
import Services

/// Where themes are looked for, in this order.
enum ThemeFolders {
    static func all(_ surroundings: Surroundings) -> [String] {
        var folders: [String] = []
        let environment = surroundings.environment
        let config =
            environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? environment["HOME"].map { $0 + "/.config" }
        if let config { folders.append(config + "/portaldesk/themes") }
        let bin = URL(fileURLWithPath: surroundings.executable).deletingLastPathComponent()
        folders.append(bin.deletingLastPathComponent().appendingPathComponent("share/portaldesk/themes").path)
        if let source = sourceFolder(bin) { folders.append(source) }
        return folders
    }

    /// `themes/` beside the Package.swift above a binary in `.build*`.
    private static func sourceFolder(_ bin: URL) -> String? {
        var folder = bin
        while folder.path != "/" {
            let parent = folder.deletingLastPathComponent()
            if folder.lastPathComponent.hasPrefix(".build"),
                FileManager.default.fileExists(atPath: parent.appendingPathComponent("Package.swift").path)
            {
                return parent.appendingPathComponent("themes").path
            }
            folder = parent
        }
        return nil
    }
}
