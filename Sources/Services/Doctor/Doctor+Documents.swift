import Domain
import Store

extension Doctor {
    /// So many are read and held against their hash; the others would take minutes.
    private static let mostRead = 2_000

    /// Whether the bytes of every document are in their place: the place and size of all, the hashes of some thousand.
    func documents(_ workspace: Workspace) async -> Finding {
        do throws(Complaint) {
            let contents = try await workspace.read { try $0.storedContents() }
            let folder = workspace.documents
            // Other ones each time.
            let read = Set(contents.indices.shuffled().prefix(Self.mostRead))
            let states = try await OwnThread.run { () throws(Complaint) -> [DocumentState] in
                contents.indices.map { index in
                    let content = contents[index]
                    return folder.look(
                        sha256: content.sha256, byteCount: content.byteCount, readsAll: read.contains(index))
                }
            }
            return Self.finding(states, read: read.count)
        } catch {
            return Finding(grade: .problem, subject: "documents", message: error.description)
        }
    }

    private static func finding(_ states: [DocumentState], read: Int) -> Finding {
        let missing = states.count { $0 == .missing }
        let damaged = states.count { if case .damaged = $0 { true } else { false } }
        let looked =
            read == states.count
            ? "place, size and hash of all were checked"
            : "place and size of all were checked, and the hashes of \(read)"
        let all = Counted.text(states.count, "document")
        guard missing + damaged > 0 else {
            return Finding(
                grade: .ok, subject: "documents", message: states.isEmpty ? "none is stored yet" : "\(all); \(looked)")
        }
        let complaint = Complaint(
            "\(missing) of \(all) \(missing == 1 ? "is" : "are") missing and \(damaged) damaged", why: looked,
            remedy: "Put the folder of documents back from a backup; a fetch brings what is missing", status: .badData)
        return Finding(grade: .problem, subject: "documents", message: complaint.description)
    }
}
