import Domain
import Portals
import Store

/// Questions to a provider outside any action: somebody wants to know how something stands.
extension Workspace {
    /// Asks once, under the circuits that the worker keeps, and notes what was learnt of the provider.
    ///
    /// - Throws: a `Complaint`: 65 without an API user or with one that was refused, 75 while the provider is left alone.
    func ask(
        _ provider: String, for gstin: Gstin, _ kind: OperationKind,
        _ question: @Sendable (any ActionConnector, ActionOrder) async -> ActionAnswer
    ) async throws(Complaint) -> (answer: ActionAnswer, nic: NicProfile) {
        guard let user = try await apiUsers.open(gstin, provider: provider) else {
            _ = try providerSecrets.existing(provider)
            throw Complaint.noApiUser(of: gstin, at: provider)
        }
        if let refusal = user.refusal {
            throw Complaint(
                "the API user of \(gstin) was refused before", why: "\(refusal); it was not tried again",
                remedy: "Keep the right one with `portaldesk einvoice user set`", status: .badData)
        }
        do {
            let connectors = try Connectors(workspace: self)
            // A provider that the worker leaves alone is left alone here too.
            connectors.restore(try await read { try $0.circuits() })
            let connections = ActionConnections(workspace: self, connectors: connectors)
            let connection = try await connections.connection(provider)
            let order = ActionOrder(
                kind: kind, gstin: gstin, user: user, payload: [],
                deadline: .now + connection.profile.timeouts.request)
            let topic = CallTopic(subject: "gst/\(gstin)", provider: provider)
            let answer = await CallContext.$key.withValue(gstin.text) {
                await CallContext.$topic.withValue(topic) { await question(connection.connector, order) }
            }
            await connectors.records.drain()
            let news = connections.takeNews()
            if !news.isEmpty { try await write { writer in for one in news { try one.keep(in: writer) } } }
            return (answer, connection.nic)
        } catch {
            throw Complaint(error, home: home.path)
        }
    }

    /// The one GSTIN with an API user at an authority; nil when there are several, or none.
    func onlyUser(of system: ActionSystem) throws(Complaint) -> Gstin? {
        let users = try users(of: system)
        return users.count == 1 ? users.first : nil
    }

    /// Every GSTIN with an API user at an authority.
    func users(of system: ActionSystem) throws(Complaint) -> Set<Gstin> {
        let names = Set(
            providers().files.filter { $0.profile.connector.rawValue == system.rawValue }.map(\.name))
        return Set(try lookUp { try $0.apiUsers() }.filter { names.contains($0.provider) }.map(\.gstin))
    }
}
