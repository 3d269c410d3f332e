import Foundation

/// Whoever checks a trail without the program: `docs/audit/verify.py`, and nothing else.
enum Auditor {
    static func verify(_ arguments: [String]) throws -> (status: Int32, text: String) {
        let program = #filePath.components(separatedBy: "/Tests/")[0] + "/docs/audit/verify.py"
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-B", program] + arguments
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
