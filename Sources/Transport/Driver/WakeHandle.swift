import CCurl

/// The multi handle, for the one call that other threads may make on it.
// @unchecked: curl_multi_wakeup is documented as safe from any thread; the inbox's lock keeps it from being used
// after the handle is gone.
struct WakeHandle: @unchecked Sendable {
    let multi: UnsafeMutableRawPointer
    func wake() { _ = ccurl_multi_wakeup(multi) }
}
