import Dispatch
import Foundation

/// Sleeps until a key or a signal comes: no timer, no polling.
@MainActor
final class TerminalListener {
    private var sources: [any DispatchSourceProtocol] = []
    private let onWake: @MainActor (Wake) -> Void

    enum Wake {
        case input
        case signal(Int32)
    }

    init(onWake: @escaping @MainActor (Wake) -> Void) {
        self.onWake = onWake
        let reading = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .main)
        reading.setEventHandler { [weak self] in MainActor.assumeIsolated { self?.onWake(.input) } }
        reading.resume()
        sources.append(reading)
        for number in [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT] { listen(to: number) }
    }

    private func listen(to number: Int32) {
        let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
        source.setEventHandler { [weak self] in MainActor.assumeIsolated { self?.onWake(.signal(number)) } }
        source.resume()
        sources.append(source)
    }

    func cancel() {
        for source in sources { source.cancel() }
        sources = []
    }
}
