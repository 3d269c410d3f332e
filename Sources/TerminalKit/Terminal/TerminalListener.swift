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
        for number in Self.signals { listen(to: number) }
    }

    private static let signals = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT]

    /// Lets the signals wait for their sources. Dispatch registers those some time after `resume`; one that came
    /// before would end us by its default, or by a handler of curses, with the terminal half given back.
    static func holdSignals() {
        var held = sigset_t()
        sigemptyset(&held)
        for number in signals { sigaddset(&held, number) }
        pthread_sigmask(SIG_BLOCK, &held, nil)
    }

    /// Undoes `holdSignals` when nobody will listen.
    static func letSignals() {
        var held = sigset_t()
        sigemptyset(&held)
        for number in signals { sigaddset(&held, number) }
        pthread_sigmask(SIG_UNBLOCK, &held, nil)
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
