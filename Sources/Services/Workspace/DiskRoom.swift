import Glibc

/// The room left where a workspace is. Work that cannot be written down is not begun.
struct DiskRoom {
    let path: String

    /// Enough for the store's log between two checkpoints, a job's log and a few documents.
    static let least = 1 << 20

    /// Bytes that this user may still write; nil where the file system does not tell.
    var free: Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0, status.f_blocks > 0 else { return nil }
        return Int(clamping: UInt64(status.f_bavail) &* UInt64(status.f_frsize))
    }

    var complaint: Complaint? {
        guard let free, free < Self.least else { return nil }
        return Complaint(
            "the disk is full",
            why: "\(free / 1_024) kB are left where \(path) is, and work needs \(Self.least >> 20) MB",
            remedy: "Free space there, then try again; what is queued stays queued", status: .inputOutput)
    }
}

extension Workspace {
    /// What is to be said while nothing can be written; nil where there is room.
    public var fullDisk: String? {
        guard DiskRoom(path: home.path).complaint != nil else { return nil }
        return
            "the disk is full where \(home.path) is: what stands can be read, nothing can be stored until space is freed"
    }
}
