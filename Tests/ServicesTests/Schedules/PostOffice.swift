import Foundation
import Testing

@testable import Services

/// A mail program that does to each recipient what a test wants, and remembers who was to get what.
struct PostOffice {
    private let place: Place

    init() throws {
        place = try Place()
        let script = """
            #!/bin/sh
            cd \(place.folder)
            for word; do to=$word; done
            cat > message
            echo "$to $(sed -n 's/^Message-ID: //p' message)" >> asked
            if [ -f "rule $to" ]; then . "./rule $to"; fi
            cp message "last $to"
            """
        let path = try place.file("sendmail", script)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        mkfifo("\(place.folder)/gate", 0o600)
    }

    var settings: String { "[mail]\ntransport = \"sendmail\"\nsendmail = \"\(place.folder)/sendmail\"\n" }

    /// - Parameter shell: what the program does before it takes a message for this person; nil: it takes it.
    func treat(_ name: String, _ shell: String?) throws {
        let file = "rule \(name)@firm.example"
        if let shell {
            _ = try place.file(file, shell + "\n")
        } else {
            try FileManager.default.removeItem(atPath: "\(place.folder)/\(file)")
        }
    }

    /// Waits at the gate until the test opens it.
    static let waits = "cat gate > /dev/null"

    /// Returns when the program waits at the gate: closing what is returned lets it go on.
    func untilSomebodyWaits() async throws -> FileHandle {
        while true {
            // Without a reader on the other side this fails at once.
            let gate = open("\(place.folder)/gate", O_WRONLY | O_NONBLOCK | O_CLOEXEC)
            if gate >= 0 { return FileHandle(fileDescriptor: gate, closeOnDealloc: true) }
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    private var lines: [[Substring]] {
        let text = (try? String(contentsOfFile: "\(place.folder)/asked", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { $0.split(separator: " ") }
    }

    /// For whom a message came, in order.
    var asked: [String] { lines.map { String($0[0].prefix { $0 != "@" }) } }

    /// The ids of the messages for one person, in order.
    func ids(for name: String) -> [String] {
        lines.filter { $0[0] == "\(name)@firm.example" }.map { String($0.last ?? "") }
    }

    /// The message that was taken last for a person.
    func last(for name: String) throws -> String {
        try String(contentsOfFile: "\(place.folder)/last \(name)@firm.example", encoding: .utf8)
    }
}
