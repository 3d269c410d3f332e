import Foundation

/// A program that gives way to others, as the worker of a desk does.
final class NicedProgram {
    private let process = Process()
    private let output: Pipe?
    private var rest: [UInt8] = []

    /// - Parameters:
    ///   - file: takes what it prints; nil when `number` is to read it.
    ///   - variables: beside those of this process.
    init(_ command: [String], log: String, output file: String? = nil, variables: [String: String] = [:]) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["nice", "-n", "10"] + command
        process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
        process.standardInput = FileHandle.nullDevice
        var files: [FileHandle] = []
        defer { files.forEach { try? $0.close() } }
        if let file {
            output = nil
            _ = FileManager.default.createFile(atPath: file, contents: nil)
            files += [FileHandle(forWritingAtPath: file)].compactMap(\.self)
            process.standardOutput = files.last
        } else {
            let pipe = Pipe()
            output = pipe
            process.standardOutput = pipe
        }
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        files += [FileHandle(forWritingAtPath: log)].compactMap(\.self)
        process.standardError = files.last
        try process.run()
    }

    var isRunning: Bool { process.isRunning }
    var identifier: pid_t { process.processIdentifier }
    /// Whether it was ended by a kill -9.
    var wasStruck: Bool {
        !isRunning && process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL
    }

    /// Waits on this thread, which must be nobody else's.
    ///
    /// - Returns: its exit status; nil when it runs on after so many seconds.
    func status(within seconds: Int) -> Int32? {
        let end = ContinuousClock.now + .seconds(seconds)
        while process.isRunning {
            guard .now < end else { return nil }
            usleep(5_000)
        }
        return process.terminationStatus
    }

    /// A number in the JSON line that it prints when it is ready.
    func number(_ name: String) throws -> Int {
        while !rest.contains(10) {
            let more = output?.fileHandleForReading.availableData ?? Data()
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
