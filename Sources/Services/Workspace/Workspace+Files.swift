import Foundation

extension Workspace {
    /// Whether something of this name stands there, so that a person can be asked before it is replaced.
    public func hasFile(at path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
