"""A disk that loses power: what a traced server wrote, what it had synced, and what a cut leaves of it."""

import random
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

CALLS = "pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,write,writev,sendto,sendmsg"
SECTOR = 512


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes that were handed to the operating system; a cut may lose them until the file is synced."""

    path: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Shortened:
    """The file ends at `size` from now on; lost by a cut like a write."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """All that was written to the file so far is on the disk."""

    path: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Bytes on their way to the client at this port."""

    port: int
    data: bytes


Step = Written | Shortened | Synced | Sent


# -- watching ----------------------------------------------------------------------------------------------
def can_watch() -> bool:
    """Whether strace is here and may look at another process of ours."""
    if shutil.which("strace") is None:
        return False
    with subprocess.Popen(["sleep", "5"]) as other:
        trial = subprocess.run(
            ["timeout", "1", "strace", "-p", str(other.pid)],
            capture_output=True,
            check=False,
        )
        other.kill()
    return b"attached" in trial.stderr


@contextmanager
def watched(pid: int, trace: Path) -> Iterator[None]:
    """Write down every call of the process and its threads that changes a file or sends to a socket."""
    command = ["strace", "-f", "-yy", "-xx", "-s", "4000000", "-e", f"trace={CALLS}", "-p", str(pid)]
    with subprocess.Popen([*command, "-o", str(trace)], stderr=subprocess.PIPE) as watcher:
        assert watcher.stderr is not None
        assert b"attached" in watcher.stderr.readline()
        time.sleep(0.2)  # strace goes on to the threads, and says nothing when it has the last of them
        yield
        watcher.terminate()


# -- reading the trace -------------------------------------------------------------------------------------
BYTES = r'"((?:\\x[0-9a-f]{2})*)"'
BEGUN = re.compile(r"^(\d+) +(\w+)\((.*)$")
GONE_ON = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>")
ON_FILE = re.compile(r"^\d+<((?:\\x[0-9a-f]{2})+)>")
ON_LINE = re.compile(r"^\d+<TCP:\[127\.0\.0\.1:\d+->127\.0\.0\.1:(\d+)\]>")
PLACE = re.compile(BYTES + r", \d+, (\d+)")


def steps(trace: Path) -> Iterator[Step]:
    """What happened, in order. A write counts from when it began, a sync only from when it had ended."""
    waiting: dict[str, Step] = {}
    with trace.open() as lines:
        for line in lines:
            if ended := GONE_ON.match(line):
                if sync := waiting.pop(ended[1], None):
                    yield sync
            elif (call := BEGUN.match(line)) and (step := _step(call[2], call[3])):
                if isinstance(step, Synced) and "<unfinished ...>" in line:
                    waiting[call[1]] = step
                else:
                    yield step


def _step(call: str, said: str) -> Step | None:
    if call in {"unlink", "unlinkat"}:
        raise AssertionError("The server removed a file while it was watched.")
    if (line := ON_LINE.match(said)) is not None:
        return Sent(int(line[1]), b"".join(map(_plain, re.findall(BYTES, said))))
    file = ON_FILE.match(said)
    if file is None:
        return None
    path, rest = _plain(file[1]).decode(), said[file.end() :]
    if call == "pwrite64" and (place := PLACE.search(rest)):
        return Written(path, int(place[2]), _plain(place[1]))
    if call == "ftruncate":
        return Shortened(path, int(re.findall(r"\d+", rest)[0]))
    return Synced(path) if call in {"fsync", "fdatasync"} else None


def _plain(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


# -- the disk ----------------------------------------------------------------------------------------------
@dataclass
class Disk:
    """Some files as they are for certain, and what was written to each since its last sync."""

    certain: dict[str, bytearray]
    unsynced: dict[str, list[Written | Shortened]] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        if isinstance(step, Written | Shortened) and step.path in self.certain:
            self.unsynced.setdefault(step.path, []).append(step)
        elif isinstance(step, Synced):
            for each in self.unsynced.pop(step.path, []):
                _apply(self.certain[step.path], each)

    def after_cut(self, chance: random.Random | None) -> dict[str, bytes]:
        """What is found when the power is back: nothing that was not synced; or, by chance, parts of it."""
        found = {path: bytearray(data) for path, data in self.certain.items()}
        for path, writes in self.unsynced.items():
            for each in writes if chance else ():
                if chance and chance.random() < 0.5:
                    _apply(found[path], _torn(each, chance))
        return {path: bytes(data) for path, data in found.items()}


def _torn(step: Written | Shortened, chance: random.Random) -> Written | Shortened:
    """A write of which only the first sectors reached the disk, one time in three."""
    if isinstance(step, Shortened) or len(step.data) <= SECTOR or chance.random() < 0.67:
        return step
    sectors = chance.randrange(1, len(step.data) // SECTOR + 1)
    return Written(step.path, step.offset, step.data[: sectors * SECTOR])


def _apply(data: bytearray, step: Written | Shortened) -> None:
    if isinstance(step, Shortened):
        del data[step.size :]
        return
    if len(data) < step.offset:
        data.extend(bytes(step.offset - len(data)))
    data[step.offset : step.offset + len(step.data)] = step.data
