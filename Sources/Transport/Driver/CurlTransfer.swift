import Synchronization

/// One request on its way through the driver.
// @unchecked: `continuation` is set once before submission; everything else belongs to the driver thread, and
// `isCancelled` is atomic.
final class CurlTransfer: @unchecked Sendable {
    let request: HTTPRequest
    var continuation: CheckedContinuation<Result<HTTPResponse, TransportFailure>, Never>?

    /// How often libcurl was about to send the request: the only sound evidence of "sent" (REQUEST_SIZE counts
    /// proxy bytes, and the error codes stand on both sides).
    var sendings = 0
    var head = ResponseHead()
    var body: [UInt8] = []
    var isTooLarge = false
    var resources: TransferResources?
    /// Set from any thread, so that a cancel which overtakes its submission is seen when the transfer starts.
    let isCancelled = Atomic<Bool>(false)

    init(request: HTTPRequest) { self.request = request }

    func finish(_ result: Result<HTTPResponse, TransportFailure>) {
        continuation?.resume(returning: result)
        continuation = nil
    }

    var evidence: SendEvidence {
        if sendings == 0 { return .notSent }
        return head.status == nil ? .unknown : .answered
    }
}
