"""A process of its own that writes into epochs, or compacts them, as it is told line by line."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import ClassVar, Self, cast
from uuid import UUID

from tests.protocol.server import ROOT, database_url

Order = dict[str, object]
Written = tuple[int, str]  # the seq of the last row it was told of, and how the epoch was then


class Racer:
    """One child process on the same database; orders go in, answers come out."""

    module: ClassVar = "tests.contract.racer"

    def __init__(self) -> None:
        environment = {**os.environ, "DATABASE_URL": database_url(), "DEBUG": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", self.module],
            cwd=ROOT,
            env={**environment, "DJANGO_SETTINGS_MODULE": "coprod.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.answer() == "ready"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process.wait(20)

    def order(self, what: str, epoch: UUID, *, updates: Sequence[bytes] = (), until: int = 0) -> None:
        self.tell({"do": what, "epoch": str(epoch), "updates": [u.hex() for u in updates], "until": until})

    def tell(self, order: Order) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def written(self) -> Written:
        head, end = cast(tuple[int, str], self.answer())
        return head, end

    def answer(self) -> object:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


def serve(obey: Callable[[Order], object]) -> None:
    """In the child: carry out each order as it comes."""
    import django  # noqa: PLC0415 - only in the child

    django.setup()
    print('"ready"', flush=True)
    for line in sys.stdin:
        print(json.dumps(obey(json.loads(line))), flush=True)


def obey(order: Order) -> object:
    from proposals.editing import log  # noqa: PLC0415 - after the set-up

    epoch = UUID(str(order["epoch"]))
    if order["do"] == "compact":
        done = 0
        while log.heads([epoch])[epoch][0] < cast(int, order["until"]):
            done += log.compact(epoch)
        return done
    head = 0
    for update in cast(list[str], order["updates"]):
        batch = log.Batch(epoch, (log.Line(None, bytes.fromhex(update)),))
        outcome = log.append([batch]).result(20)[0]
        if outcome.closed:
            return [head, "closed"]
        head = outcome.head
    return [head, "open"]


if __name__ == "__main__":
    serve(obey)
