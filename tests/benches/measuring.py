"""What a command costs: time on the clock, processor time, memory; of it and of all processes it starts.

A thread looks at the tree of processes a hundred times a second, as Linux shows it in `/proc`. Processor time is the larger
of what was seen there and what the system counts for processes that were waited for: a process that outlives its parent is
in the first alone, one shorter than a look in the second. Elsewhere than on Linux memory is that of the largest process.
"""

import collections
import os
import pathlib
import platform
import subprocess
import sys
import tempfile
import threading
import time

LOOK_SECS = 0.01
IS_LINUX = sys.platform == "linux"

Cost = collections.namedtuple("Cost", "wall cpu peak_mb")


class Failed(Exception):
    """A program that could not do what it was asked, with the last it said."""


class Tree(threading.Thread):
    """Looks at a process and its descendants until it is told to stop."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.peak, self.secs, self.is_over = pid, 0, {}, threading.Event()

    def run(self):
        while True:
            self.peak = max(self.peak, sum(map(self.look, self.family(self.pid))))
            if self.is_over.wait(LOOK_SECS):
                return

    def family(self, pid):
        yield pid
        try:
            for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
                for child in (task / "children").read_text().split():
                    yield from self.family(int(child))
        except OSError:
            # It ended while it was looked at.
            return

    def look(self, pid):
        """Notes the processor time of a process and tells its memory, in bytes."""
        try:
            after_name = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0
        self.secs[pid] = (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
        return int(after_name[21]) * os.sysconf("SC_PAGE_SIZE")


def cost(command, folder, out=None):
    """Runs a command; what it prints goes to the file `out`."""
    start = time.perf_counter()
    with open(out or os.devnull, "wb") as stdout, tempfile.TemporaryFile() as stderr:
        running = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=stdout, stderr=stderr)
        tree = Tree(running.pid)
        if IS_LINUX:
            tree.start()
        _, status, used = os.wait4(running.pid, 0)
        wall = time.perf_counter() - start
        tree.is_over.set()
        running.returncode = os.waitstatus_to_exitcode(status)
        stderr.seek(0)
        told = stderr.read().decode(errors="replace")
    # 1 says that nothing was found, which is an answer; of Python it is an error.
    if running.returncode not in (0, 1) or running.returncode and "Traceback" in told:
        raise Failed((told.strip().splitlines() or ["it said nothing"])[-1])
    peak = tree.peak or used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    secs = max(used.ru_utime + used.ru_stime, sum(tree.secs.values()))
    return Cost(wall, secs, peak / 1e6)


def machine(binary):
    """The version of the program, and what it runs on."""
    told = subprocess.run([binary, "--version"], stdout=subprocess.PIPE, check=True, text=True)
    model = platform.processor() or platform.machine()
    if IS_LINUX:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
    return f"{told.stdout.strip()}; {os.cpu_count()} × {model}; {platform.system()} {platform.release()}"
