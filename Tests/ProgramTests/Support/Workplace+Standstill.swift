import Glibc
import Testing

extension Workplace {
    /// Stops a worker at a moment when it is not within a write: a process that stands still there would hold the
    /// store for everybody, as no machine that is only slow does for so long.
    func halt(_ worker: pid_t) async throws {
        let script = """
            import os, signal, sqlite3, sys
            store, pid = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None), int(sys.argv[2])
            def stands(task):
                try:
                    with open(f"/proc/{pid}/task/{task}/stat") as file:
                        return file.read().rpartition(")")[2].split()[0] in "TtZX"
                except (FileNotFoundError, ProcessLookupError):
                    return True
            store.execute("BEGIN IMMEDIATE")
            os.kill(pid, signal.SIGSTOP)
            while not all(stands(task) for task in os.listdir(f"/proc/{pid}/task")):
                os.sched_yield()
            store.execute("ROLLBACK")
            """
        let run = try await tool("/usr/bin/python3", "-c", script, home + "/desk.sqlite", "\(worker)")
        try #require(run.status == 0, "\(run.errors)")
    }
}
