"""Numbers and state vectors as lib0 writes them, byte for byte, and nothing that it would not write."""

import tracemalloc

import pytest

from proposals.editing.domain.protocol import decode_state_vector
from proposals.editing.domain.wire import MOST, Malformed, Reader, encode_state_vector, varstring, varuint
from tests.unit.editing_domain.craft import LIMITS

# From lib0's own encoder.
NUMBERS = {
    0: "00",
    1: "01",
    127: "7f",
    128: "8001",
    300: "ac02",
    16383: "ff7f",
    16384: "808001",
    4294967295: "ffffffff0f",
    MOST: "ffffffffffffff0f",
}


@pytest.mark.parametrize(("number", "encoded"), NUMBERS.items())
def test_numbers(number: int, encoded: str) -> None:
    """[ED3] Numbers travel as lib0 writes them."""
    assert varuint(number).hex() == encoded
    reader = Reader(bytes.fromhex(encoded))
    assert reader.varuint() == number
    assert reader.at_end


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "80",
        "8000",
        "ff8000",
        "ffffffffffffff10",
        "ffffffffffffffff01",
        "80808080808080808001",
        "ff" * 300_000,
    ],
)
def test_numbers_nobody_writes(encoded: str) -> None:
    """[ED3] Padded, cut off or endless numbers are refused at once."""
    with pytest.raises(Malformed):
        Reader(bytes.fromhex(encoded)).varuint()


def test_text_and_bytes() -> None:
    reader = Reader(varstring("naïve 😀") + b"\x02\x00\x01" + b"\x05ab")
    assert reader.string() == "naïve 😀"
    assert reader.bytes() == b"\x00\x01"
    with pytest.raises(Malformed):
        reader.bytes()
    with pytest.raises(Malformed):
        Reader(b"\x01\xff").string()
    with pytest.raises(Malformed):
        Reader(b"").byte()


def test_state_vectors() -> None:
    vector = {5: 1, 3_000_000_001: 77, 2: 0}
    assert decode_state_vector(encode_state_vector(vector), LIMITS) == vector
    assert encode_state_vector({}) == b"\x00"


@pytest.mark.parametrize(
    "encoded", ["", "01", "0105", "020501", "02050105010", "00ff", "8080808002", "8080808080808001"]
)
def test_state_vectors_nobody_writes(encoded: str) -> None:
    """[ED4] A vector that claims more than it carries, or names a client twice, costs nothing."""
    tracemalloc.start()
    with pytest.raises(Malformed):
        decode_state_vector(bytes.fromhex(encoded.ljust(len(encoded) + len(encoded) % 2, "0")), LIMITS)
    assert tracemalloc.get_traced_memory()[1] < 100_000
    tracemalloc.stop()


def test_state_vectors_of_too_many() -> None:
    """[ED4] No document here has more clients than the limit."""
    fits = dict.fromkeys(range(4096), 1)
    assert decode_state_vector(encode_state_vector(fits), LIMITS) == fits
    with pytest.raises(Malformed):
        decode_state_vector(encode_state_vector(fits | {9999: 1}), LIMITS)
