import Glibc

/// Swift Testing takes a backtrace of every error that is thrown, in case a test fails of it. Here errors are thrown by
/// the hundred million, on purpose, and their backtraces would take two thirds of the time.
enum ThrownErrors {
    /// Ends that for the rest of this process. Does nothing where the runtime has no such hooks.
    static func takeNoBacktraces() {
        for name in ["_swift_willThrow", "_swift_willThrowTypedImpl"] {
            // Each is a variable that holds a function.
            dlsym(nil, name)?.assumingMemoryBound(to: UnsafeRawPointer?.self).pointee = nil
        }
    }
}
