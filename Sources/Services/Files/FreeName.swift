import Foundation

/// Names for files that we write where people look.
enum FreeName {
    /// The last part of a portal's file name, without anything that could climb out of a folder or hide. Its
    /// extension survives; at most 200 bytes.
    static func harmless(_ name: String) -> String {
        // What dangerous characters were written as is no path, and no part of a name either.
        let told = name.replacing(/\\u\{[0-9a-f]{1,6}\}/, with: "")
        let last = told.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let kept = last.unicodeScalars.filter {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "._- ()".unicodeScalars.contains($0)
        }
        var trimmed = String(String.UnicodeScalarView(kept)).drop { $0 == "." || $0 == "-" || $0 == " " }
        // Windows drops them, and what stands before them becomes the extension.
        while let last = trimmed.last, last == "." || last == " " { trimmed.removeLast() }
        if trimmed.isEmpty { return "document" }
        let stem = trimmed.prefix { $0 != "." }.lowercased()
        // Windows opens a device for these, whatever follows the first dot.
        return shortened(devices.contains(stem) ? "_\(trimmed)" : String(trimmed))
    }

    private static let devices: Set<String> = Set(["con", "prn", "aux", "nul"]).union(
        (1...9).flatMap { ["com\($0)", "lpt\($0)"] })

    /// File systems allow 255 bytes; a letter of an Indian script takes three.
    private static func shortened(_ name: String) -> String {
        let parts = NSString(string: name)
        let suffix = (1...10).contains(parts.pathExtension.utf8.count) ? "." + parts.pathExtension : ""
        var stem = Substring(suffix.isEmpty ? name : parts.deletingPathExtension)
        while stem.utf8.count + suffix.utf8.count > 200 { stem.removeLast() }
        return stem + suffix
    }

    /// `wanted` in `folder`, with ` (2)` and so on before the extension when the name is taken.
    static func path(in folder: String, wanted: String) -> String {
        let base = NSString(string: wanted)
        var candidate = "\(folder)/\(wanted)"
        var number = 2
        while FileManager.default.fileExists(atPath: candidate) {
            let suffix = base.pathExtension.isEmpty ? "" : ".\(base.pathExtension)"
            candidate = "\(folder)/\(base.deletingPathExtension) (\(number))\(suffix)"
            number += 1
        }
        return candidate
    }
}
