"""The log of accepted updates: committed before anybody hears of them, read by seq, kept short."""

from proposals.editing.log.chain import origin_of, stored
from proposals.editing.log.closing import close
from proposals.editing.log.rows import Broken, compact, heads, merged, owners, readable, since
from proposals.editing.log.storing import Batch, Line, Outcome
from proposals.editing.log.writing import Answer, Writer, append, writer

__all__ = [
    "Answer",
    "Batch",
    "Broken",
    "Line",
    "Outcome",
    "Writer",
    "append",
    "close",
    "compact",
    "heads",
    "merged",
    "origin_of",
    "owners",
    "readable",
    "since",
    "stored",
    "writer",
]
