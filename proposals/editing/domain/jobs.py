"""How a job for the scribe, and its answer, travel through a pipe: two lengths, a JSON part, a bytes part."""

import json
import struct
from typing import BinaryIO

Facts = dict[str, object]
HEADER = struct.Struct(">II")


def written(facts: Facts, data: bytes = b"") -> bytes:
    """One message, whole."""
    part = json.dumps(facts).encode()
    return HEADER.pack(len(part), len(data)) + part + data


def next_from(pipe: BinaryIO) -> tuple[Facts, bytes]:
    """Wait for the next message; EOFError when the other side has gone."""
    of_facts, of_data = HEADER.unpack(_exactly(pipe, HEADER.size))
    facts: Facts = json.loads(_exactly(pipe, of_facts))
    return facts, _exactly(pipe, of_data)


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    found = pipe.read(length)
    if len(found) < length:
        raise EOFError("The other side has ended.")
    return found
