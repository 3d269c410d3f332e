import Foundation

/// The programs that are measured: this one, and the desk beside it.
struct Programs {
    let own: String
    let desk: String

    init() throws {
        own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        desk = URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("portaldesk").path
        guard FileManager.default.isExecutableFile(atPath: desk) else { throw BenchProblem.noDesk(desk) }
    }

    func startDesk(_ home: String) throws -> TerminalSession { try TerminalSession([desk, "--home", home]) }
    func startConstants() throws -> TerminalSession { try TerminalSession([own, "--paint-constants"]) }
}

enum BenchProblem: Error, CustomStringConvertible {
    case noDesk(String)
    case cannotStart(String, Int32)
    case noFrame(String)
    case workerFailed(Int32)
    case otherAnswer(Int)

    var description: String {
        switch self {
        case .noDesk(let path): "there is no \(path): build the product portaldesk in the same configuration"
        case .cannotStart(let path, let code): "cannot start \(path): \(String(cString: strerror(code)))"
        case .workerFailed(let status): "the worker ended with \(status)"
        case .otherAnswer(let number): "answer \(number) has another length"
        case .noFrame(let path): "\(path) painted no whole screen within 10 s"
        }
    }
}
