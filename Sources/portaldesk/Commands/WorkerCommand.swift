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
    @OptionGroup var place: HomeOption

    func validate() throws {
        if let concurrency, !(1...256).contains(concurrency) {
            throw ValidationError("--concurrency must be from 1 to 256.")
        }
    }

    func perform(_ surroundings: Surroundings) async throws(Complaint) -> ExitStatus {
        let workspace = try place.open(surroundings)
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
