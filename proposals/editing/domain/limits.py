"""How much of anything one message, one update or one person's presence may be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Every bound the gate and the protocol know. Honest editors use a tenth of it."""

    frame_bytes: int = 262_144
    # A stock client hands back everybody's presence when it joins, so a frame holds a full room.
    awareness_bytes: int = 65_536
    awareness_entries: int = 1_024
    state_bytes: int = 4_096
    vector_entries: int = 4_096
    structs: int = 32_768
    writers: int = 8
    name_length: int = 128
    json_bytes: int = 4_096
    depth: int = 8
    values: int = 2_000


# For what has passed the gate before.
UNBOUNDED = Limits(structs=2**31, values=2**31, json_bytes=2**31, vector_entries=2**31)
