import Glibc
import Synchronization

/// Hands requests to the driver thread and wakes it. The thread starts with the first request.
final class CurlDriver: Sendable {
    enum Message: Sendable {
        case start(CurlTransfer)
        case cancel(CurlTransfer)
        case forgetJar(UInt64)
    }

    /// What other threads and the driver thread share.
    struct Inbox {
        var messages: [Message] = []
        var isThreadRunning = false
        var isStopping = false
        /// The multi handle while the thread may be woken through it.
        var wake: WakeHandle?
        var lastJar: UInt64 = 0
    }

    let configuration: HTTPClient.Configuration
    let inbox = Mutex(Inbox())

    init(configuration: HTTPClient.Configuration) { self.configuration = configuration }

    func submit(_ transfer: CurlTransfer) {
        let mayRun = inbox.withLock { inbox in
            if inbox.isStopping { return false }
            post(.start(transfer), to: &inbox)
            if !inbox.isThreadRunning { inbox.isThreadRunning = startThread() }
            return inbox.isThreadRunning
        }
        guard !mayRun else { return }
        transfer.finish(.failure(TransportFailure(.stopped, evidence: .notSent, detail: "the HTTP client is stopped")))
    }

    func cancel(_ transfer: CurlTransfer) {
        transfer.isCancelled.store(true, ordering: .releasing)
        inbox.withLock { inbox in
            if inbox.isThreadRunning { post(.cancel(transfer), to: &inbox) }
        }
    }

    func makeJar() -> CookieJar {
        let id = inbox.withLock { inbox in
            inbox.lastJar += 1
            return inbox.lastJar
        }
        return CookieJar(id: id, driver: self)
    }

    func forgetJar(_ id: UInt64) {
        inbox.withLock { inbox in
            if inbox.isThreadRunning { post(.forgetJar(id), to: &inbox) }
        }
    }

    /// Ends every transfer with `stopped`, then the thread.
    func stop() {
        inbox.withLock { inbox in
            inbox.isStopping = true
            inbox.wake?.wake()
        }
    }

    /// One wake-up serves all messages that lie in the inbox when the thread looks.
    private func post(_ message: Message, to inbox: inout Inbox) {
        inbox.messages.append(message)
        if inbox.messages.count == 1 { inbox.wake?.wake() }
    }

    private func startThread() -> Bool {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(self)
        let result = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let driver = Unmanaged<CurlDriver>.fromOpaque(context).takeRetainedValue()
                CurlLoop(driver: driver).run()
                return nil
            }, box.toOpaque())
        if result != 0 {
            box.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}
