import Domain
import Foundation
import Glibc
import Store
import Trail

/// Where checkpoints lay before the setting was changed: whoever changes it does not hide what is there.
extension CheckpointPlaces {
    private static let key = "audit.folders"

    /// The folders in which this workspace has kept checkpoints, but for the one of now.
    private var formerFolders: [String] {
        let kept = ((try? workspace.lookUp { try $0.setting(Self.key) }) ?? nil) ?? ""
        return ([usualFolder] + kept.split(separator: "\n").map(String.init)).filter { $0 != folder }
    }

    /// The files of this workspace that lie there; where none is kept any more, the one that was.
    var formerFiles: [String] {
        var seen: Set<String> = []
        let name = ownName
        let isKept = workspace.settings.audit.places.contains(.file)
        return (formerFolders + (isKept ? [] : [folder])).map { "\($0)/\(name)" }.filter {
            seen.insert($0).inserted && access($0, F_OK) == 0
        }
    }

    /// What is kept in a folder is looked for there also when the setting names another one.
    func rememberFolder() async {
        let folder = folder
        guard workspace.settings.audit.places.contains(.file), folder != usualFolder, !formerFolders.contains(folder),
            let known = try? workspace.lookUp({ try $0.setting(Self.key) ?? "" })
        else { return }
        let folders = known.split(separator: "\n").map(String.init)
        guard !folders.contains(folder) else { return }
        // Forgotten, it is remembered with the next checkpoint.
        _ = try? await workspace.write { try $0.setSetting(Self.key, (folders + [folder]).joined(separator: "\n")) }
    }

    /// Whether it lies where whoever replaces the workspace replaces it too.
    var isInside: Bool {
        guard let folder = Self.truePath(folder), let home = Self.truePath(workspace.home.path) else { return false }
        return folder == home || folder.hasPrefix(home + "/")
    }
}

extension CheckpointPlaces {
    /// What is told of each trail that began in this folder before: its database was replaced, or set up anew.
    var predecessorWords: [String] {
        predecessors.compactMap { path in
            guard let last = Self.newest(at: path)?.checkpoint else { return nil }
            return
                "this folder held another trail before, \(HarmlessText.line(last.origin, limit: 80)), signed up to "
                + "\(Counted.text(Int(last.size), "record")) (\(path)): the workspace was set up anew, or its database "
                + "replaced; where that is known, move the file away"
        }
    }
}
