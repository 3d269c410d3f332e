import CProcess

/// Keeps a process that holds secrets closed to others of the same user.
public enum Hardening {
    /// No core dumps; not to be looked into. To be called first of all.
    public static func apply() { _ = process_harden() }
}
