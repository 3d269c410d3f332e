"""Runs a program in a pseudo-terminal, does what the script says, and reports as JSON what the terminal saw.

Usage: pty_driver.py STEPS PROGRAM ARGUMENT...
STEPS is a JSON list: {"until": TEXT} waits for output; {"keys": TEXT} types; {"signal": N} sends to the program;
{"pixels": [X, Y]} tells the size of the whole screen in pixels; {"hangup": true} closes the terminal; {"end": true} waits for the program's end.
Every wait ends at an event: output, or the end of the process. 40 seconds bound each.
"""
import fcntl, json, os, pty, resource, select, signal, struct, sys, termios

LIMIT = 40


def flags(fd):
    mode = termios.tcgetattr(fd)
    return {
        "icanon": bool(mode[3] & termios.ICANON), "echo": bool(mode[3] & termios.ECHO),
        "isig": bool(mode[3] & termios.ISIG), "opost": bool(mode[1] & termios.OPOST),
        "icrnl": bool(mode[0] & termios.ICRNL),
    }


def drain(master, seen, timeout):
    ready, _, _ = select.select([master], [], [], timeout)
    if not ready:
        return False
    try:
        chunk = os.read(master, 65536)
    except OSError:
        return False
    seen.extend(chunk)
    return bool(chunk)


def main():
    steps, command = json.loads(sys.argv[1]), sys.argv[2:]
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    before = flags(slave)
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        login(slave)
        os.close(master)
        os.execvp(command[0], command)
    end = os.pidfd_open(child)
    seen, status, trouble, during = bytearray(), None, None, None
    mark = 0
    for step in steps:
        if "until" in step:
            wanted = step["until"].encode()
            while wanted not in seen[mark:]:
                if not drain(master, seen, LIMIT):
                    trouble = "never saw " + step["until"]
                    break
            mark = len(seen)
            during = flags(slave)
        elif "keys" in step:
            os.write(master, step["keys"].encode())
        elif "pixels" in step:
            fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, *step["pixels"]))
        elif "signal" in step:
            os.kill(child, step["signal"])
        elif "hangup" in step:
            # The kernel hangs up on the whole session when its master goes; our own copy of the slave must go too.
            os.close(slave)
            os.close(master)
            master = slave = None
        if trouble:
            break
    # The program's end, while whatever it still writes is taken.
    waited = 0
    while trouble is None:
        ready, _, _ = select.select([fd for fd in (master, end) if fd is not None], [], [], LIMIT)
        if not ready:
            trouble = "did not end"
        if master in ready:
            drain(master, seen, 0)
        elif end in ready:
            break
    if trouble:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while master is not None and drain(master, seen, 0):
        pass
    print(json.dumps({
        "status": os.waitstatus_to_exitcode(status), "trouble": trouble or "",
        "before": before, "during": during, "after": flags(slave) if slave is not None else None,
        "output": seen.decode("utf-8", "replace"),
    }))


def login(slave):
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in (0, 1, 2):
        os.dup2(slave, fd)


main()
