import Foundation

/// A program that gives way to others, as the worker of a desk does.
final class NicedProgram {
    private let process = Process()
    private let output = Pipe()
    private var rest: [UInt8] = []

    /// - Parameter file: takes what it prints; nil when `number` is to read it.
    init(_ command: [String], log: String, output file: String? = nil) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["nice", "-n", "10"] + command
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        if let file {
            _ = FileManager.default.createFile(atPath: file, contents: nil)
            process.standardOutput = FileHandle(forWritingAtPath: file)
        }
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.run()
    }

    var isRunning: Bool { process.isRunning }

    /// A number in the JSON line that it prints when it is ready.
    func number(_ name: String) throws -> Int {
        while !rest.contains(10) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { throw BenchProblem.noFrame(process.arguments?.joined(separator: " ") ?? "") }
            rest += more
        }
        let line = String(decoding: rest.prefix { $0 != 10 }, as: UTF8.self)
        guard let found = line.firstMatch(of: try Regex("\"\(name)\":([0-9]+)")), let text = found[1].substring,
            let number = Int(text)
        else { throw BenchProblem.noFrame(line) }
        return number
    }

    /// - Returns: its exit status.
    @discardableResult func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Ends it on the spot, as a power cut would.
    func strike() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// What Ctrl-C does.
    ///
    /// - Returns: whether that ended it.
    func interrupt() -> Bool {
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal
    }

    func stop() {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }
}
