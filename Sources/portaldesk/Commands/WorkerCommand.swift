import ArgumentParser
import Dispatch
import Foundation
import Services

struct WorkerCommand: Performable {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "The background process that carries out jobs.",
        discussion: "The desk and the commands start it when there is work; under a service manager use --stay.")
    @Flag(name: .long, help: "End when nothing is queued or running.") var untilIdle = false
    @Flag(name: .long, help: "Stay for ever, as under systemd.") var stay = false
    @Option(name: .long, help: "Jobs at once; else [worker] concurrency.") var concurrency: Int?
    /// How the desk and the commands hand it the key.
    @Flag(name: .long, help: .hidden) var keyOnInput = false
    @OptionGroup var place: HomeOption

    func validate() throws {
        if let concurrency, !(1...256).contains(concurrency) {
            throw ValidationError("--concurrency must be from 1 to 256.")
        }
    }

    /// Its own key where it has one; else that of whoever is logged in and starts it by hand.
    private func becomeWorker(_ workspace: Workspace) async throws(Complaint) {
        if keyOnInput { return try await workspace.beWorker(handed: try SecretInput.handed()) }
        try await workspace.beWorkerByHand()
    }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let workspace = try place.open(surroundings)
        try await becomeWorker(workspace)
        let options = SyncWorker.Options(
            untilIdle: untilIdle, concurrency: concurrency ?? workspace.settings.worker.concurrency,
            linger: stay ? nil : .seconds(60))
        let worker = try SyncWorker(workspace, options: options)
        let signals = [SIGTERM, SIGINT].map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { worker.stop() }
            source.resume()
            return source
        }
        try await worker.run()
        signals.forEach { $0.cancel() }
        workspace.close()
        return .done
    }
}
