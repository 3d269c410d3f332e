/// Stands before and behind every request of a client: what it does not let through does not leave.
public protocol CallWitness: Sendable {
    /// Called before anything of the request leaves.
    ///
    /// - Returns: what `ended` is told again.
    /// - Throws: a `TransportFailure` without evidence of sending, which the caller gets in place of an answer.
    func leaves(_ request: HTTPRequest) async throws(TransportFailure) -> Int64
    /// Called once for each request that was let through.
    func ended(_ mark: Int64, _ request: HTTPRequest, _ end: Result<HTTPResponse, TransportFailure>, took: Duration)
}
