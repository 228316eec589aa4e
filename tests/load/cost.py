"""What a server process costs: its CPU seconds and memory, read from the kernel."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """CPU in seconds (user and system, all threads and finished children); memory now and at most, in MiB."""

    cpu: float
    memory: float
    peak: float

    @classmethod
    def of(cls, pid: int) -> "Cost":
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks = sum(int(fields[i]) for i in (11, 12, 13, 14))
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
        return cls(ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE") / 2**20, peak / 2**10)
