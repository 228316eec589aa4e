"""Whatever arrives on a socket becomes a message or one of two refusals, never anything else."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from proposals.editing.domain import protocol
from proposals.editing.domain.protocol import Awareness, Entry, TooLarge, decode
from proposals.editing.domain.wire import MOST, Malformed, Reader, varbytes, varstring, varuint
from tests.unit.editing_domain.craft import LIMITS

NUMBERS = st.integers(0, MOST)
STATES = st.none() | st.dictionaries(
    st.text(max_size=8),
    st.none() | st.booleans() | st.integers(-MOST, MOST) | st.text(max_size=12),
    max_size=4,
)
FRAMES = st.one_of(
    st.binary(max_size=200),
    st.builds(
        bytes.__add__, st.sampled_from([b"\x00\x00", b"\x00\x01", b"\x01", b"\x68"]), st.binary(max_size=80)
    ),
    st.builds(
        lambda start, rest: start + varbytes(rest), st.sampled_from([b"\x00\x00", b"\x01"]), st.binary()
    ),
    st.builds(lambda text: b"\x01" + varbytes(b"\x01\x05\x01" + varstring(text)), st.text()),
)


@given(FRAMES, NUMBERS | st.none())
@example(b"\x01\x06\x01\x01\x01\x02{}", None)
def test_decoding_ends_in_a_message_or_a_refusal(frame: bytes, own: int | None) -> None:
    """[ED14] Decoding raises Malformed or TooLarge, and nothing else."""
    try:
        message = decode(frame, LIMITS, own=own)
    except (Malformed, TooLarge):
        return
    assert isinstance(message, protocol.Message)


@given(NUMBERS, st.binary(), st.text())
def test_writing_and_reading(number: int, data: bytes, text: str) -> None:
    """[ED6] What is written is read back."""
    reader = Reader(varuint(number) + varbytes(data) + varstring(text))
    assert (reader.varuint(), reader.bytes(), reader.string(), reader.at_end) == (number, data, text, True)


@given(st.dictionaries(NUMBERS, NUMBERS, max_size=20))
def test_state_vectors(vector: dict[int, int]) -> None:
    """[ED6] State vectors come back as they went."""
    assert decode(protocol.sync_step1(vector), LIMITS) == protocol.SyncStep1(vector)


@settings(max_examples=50)
@given(st.lists(st.builds(Entry, NUMBERS, NUMBERS, STATES), min_size=1, max_size=5))
def test_presence(entries: list[Entry]) -> None:
    """[ED6] Presence comes back as it went."""
    assert decode(protocol.awareness(entries), LIMITS) == Awareness(tuple(entries))
