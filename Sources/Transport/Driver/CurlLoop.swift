import CCurl
import Glibc
import Synchronization

/// The driver thread: the only place that touches libcurl.
final class CurlLoop {
    private let driver: CurlDriver
    private var multi: UnsafeMutableRawPointer?
    private var live: [UnsafeMutableRawPointer: CurlTransfer] = [:]
    private var idleHandles: [UnsafeMutableRawPointer] = []
    private var jars: [UInt64: UnsafeMutableRawPointer] = [:]
    /// Handles at rest that belong to a jar: one keeps its jar and its cookies, which no other request may see.
    private var idleOfJars: [UInt64: UnsafeMutableRawPointer] = [:]
    private static let mostIdleOfJars = 128

    init(driver: CurlDriver) { self.driver = driver }

    func run() {
        // A peer that closes while we write must be an error of that write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        guard ccurl_load() == 0, let multi = ccurl_multi_init() else {
            refuseEverything()
            return
        }
        self.multi = multi
        _ = ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, driver.configuration.maxIdleConnections)
        driver.inbox.withLock { $0.wake = WakeHandle(multi: multi) }
        while takeMessages() {
            var running: Int32 = 0
            _ = ccurl_multi_perform(multi, &running)
            collectFinished(multi)
            // libcurl shortens the wait to its own next timer. Without transfers nothing is due, so the thread
            // sleeps until it is woken: no idle wake-ups.
            _ = ccurl_multi_poll(multi, live.isEmpty ? Int32.max : 1_000)
        }
        close(multi)
    }

    /// Waits for nothing; false when the driver is stopping.
    private func takeMessages() -> Bool {
        let (messages, isStopping) = driver.inbox.withLock { inbox in
            let messages = inbox.messages
            inbox.messages.removeAll(keepingCapacity: true)
            return (messages, inbox.isStopping)
        }
        for message in messages {
            switch message {
            case .start(let transfer): isStopping ? refuse(transfer) : start(transfer)
            case .cancel(let transfer): cancel(transfer)
            case .forgetJar(let id): forgetJar(id)
            }
        }
        return !isStopping
    }

    private func refuse(_ transfer: CurlTransfer) {
        transfer.finish(.failure(TransportFailure(.stopped, evidence: .notSent, detail: "the HTTP client is stopped")))
    }

    private func start(_ transfer: CurlTransfer) {
        if transfer.isCancelled.load(ordering: .acquiring) {
            return transfer.finish(.failure(TransportFailure(.cancelled, evidence: .notSent)))
        }
        guard let multi, let easy = handle(for: transfer.request.cookies) else {
            return transfer.finish(.failure(TransportFailure(.other, evidence: .notSent, detail: "out of memory")))
        }
        let request = transfer.request
        let shared = request.cookies.flatMap { jar(for: $0) }
        let setup = TransferSetup(easy: easy, configuration: driver.configuration)
        do throws(TransportFailure) {
            transfer.resources = try setup.apply(request, transfer: transfer, jar: shared)
        } catch {
            recycle(easy, request.cookies)
            return transfer.finish(.failure(error))
        }
        live[easy] = transfer
        if ccurl_multi_add(multi, easy) != CURLM_OK {
            end(easy, .failure(TransportFailure(.other, evidence: .notSent, detail: "libcurl refused the transfer")))
        }
    }

    private func cancel(_ transfer: CurlTransfer) {
        guard let resources = transfer.resources, live[resources.easy] === transfer else { return }
        let evidence = transfer.evidence
        end(resources.easy, .failure(TransportFailure(.cancelled, evidence: evidence, status: transfer.head.status)))
    }

    private func collectFinished(_ multi: UnsafeMutableRawPointer) {
        var code = CURLE_OK
        while let easy = ccurl_multi_next_done(multi, &code) {
            guard let transfer = live[easy] else { continue }
            end(easy, TransferOutcome(easy: easy, transfer: transfer, code: code).result)
        }
    }

    /// The result must be read before: removal and reset clear what libcurl knows of the transfer.
    private func end(_ easy: UnsafeMutableRawPointer, _ result: Result<HTTPResponse, TransportFailure>) {
        guard let transfer = live.removeValue(forKey: easy) else { return }
        if let multi { _ = ccurl_multi_remove(multi, easy) }
        recycle(easy, transfer.request.cookies)
        transfer.resources?.release()
        transfer.resources = nil
        transfer.finish(result)
    }

    private func handle(for jar: CookieJar?) -> UnsafeMutableRawPointer? {
        guard let jar else { return idleHandles.popLast() ?? ccurl_easy_init() }
        return idleOfJars.removeValue(forKey: jar.id) ?? ccurl_easy_init()
    }

    private func recycle(_ easy: UnsafeMutableRawPointer, _ jar: CookieJar?) {
        ccurl_easy_reset(easy)
        guard let jar else { return idleHandles.append(easy) }
        if idleOfJars.count >= Self.mostIdleOfJars { dropIdleOfJars() }
        if let other = idleOfJars.updateValue(easy, forKey: jar.id) { ccurl_easy_cleanup(other) }
    }

    private func dropIdleOfJars() {
        idleOfJars.values.forEach(ccurl_easy_cleanup)
        idleOfJars = [:]
    }

    private func jar(for jar: CookieJar) -> UnsafeMutableRawPointer? {
        if let known = jars[jar.id] { return known }
        let made = ccurl_jar_init()
        jars[jar.id] = made
        return made
    }

    private func forgetJar(_ id: UInt64) {
        if let easy = idleOfJars.removeValue(forKey: id) { ccurl_easy_cleanup(easy) }
        if let jar = jars.removeValue(forKey: id) { ccurl_jar_cleanup(jar) }
    }

    private func refuseEverything() {
        let problem = String(cString: ccurl_load_problem())
        let messages = driver.inbox.withLock { inbox in
            // The next request tries again: the library may have been installed meanwhile in another process.
            inbox.isThreadRunning = false
            let messages = inbox.messages
            inbox.messages = []
            return messages
        }
        let detail = problem.isEmpty ? "libcurl could not be started" : problem
        for case .start(let transfer) in messages {
            transfer.finish(.failure(TransportFailure(.libraryMissing, evidence: .notSent, detail: detail)))
        }
    }

    private func close(_ multi: UnsafeMutableRawPointer) {
        for (easy, transfer) in live {
            end(easy, .failure(TransportFailure(.stopped, evidence: transfer.evidence)))
        }
        driver.inbox.withLock { inbox in
            inbox.wake = nil
            inbox.isThreadRunning = false
        }
        idleHandles.forEach(ccurl_easy_cleanup)
        dropIdleOfJars()
        jars.values.forEach(ccurl_jar_cleanup)
        _ = ccurl_multi_cleanup(multi)
    }
}
