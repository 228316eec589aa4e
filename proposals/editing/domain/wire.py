"""Bytes on the wire: lib0's numbers, byte strings and text, read strictly and written exactly."""

from builtins import bytes as octets
from functools import lru_cache

MOST = 2**53 - 1  # the largest whole number a browser counts with exactly
_LONGEST_SHIFT = 49


class Malformed(ValueError):
    """These bytes are not what they claim to be."""


class Reader:
    """Reads one message from front to back; whatever does not fit raises Malformed."""

    __slots__ = ("at", "data")

    def __init__(self, data: octets) -> None:
        self.data = data
        self.at = 0

    @property
    def at_end(self) -> bool:
        return self.at >= len(self.data)

    @property
    def left(self) -> int:
        return len(self.data) - self.at

    def byte(self) -> int:
        try:
            value = self.data[self.at]
        except IndexError:
            raise Malformed("ends too early") from None
        self.at += 1
        return value

    def varuint(self) -> int:
        data, at = self.data, self.at
        try:
            value = data[at]
            if value < 128:
                self.at = at + 1
                return value
            second = data[at + 1]
        except IndexError:
            raise Malformed("ends too early") from None
        if 0 < second < 128:
            self.at = at + 2
            return value & 127 | second << 7
        return self._long()

    def client(self, likely: int) -> int:
        """A client id that is mostly this one: comparing is faster than reading."""
        return likely if self.skips(client_id(likely)) else self.varuint()

    def skips(self, expected: octets) -> bool:
        """Steps over these bytes if they come next."""
        if self.data.startswith(expected, self.at):
            self.at += len(expected)
            return True
        return False

    def _long(self) -> int:
        """A number of two to eight bytes. Longer, or padded with zeros, is nobody's honest encoding."""
        data, at, value, shift = self.data, self.at, 0, 0
        end = len(data)
        while at < end:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                if byte == 0 or value > MOST:
                    break
                self.at = at
                return value
            shift += 7
            if shift > _LONGEST_SHIFT:
                break
        raise Malformed("a number that is too long, or cut off")

    def count(self, each: int) -> int:
        """How many things follow, each at least `each` bytes: no more than the rest can hold."""
        number = self.varuint()
        if number * each > len(self.data) - self.at:
            raise Malformed("claims more than it carries")
        return number

    def take(self, length: int) -> octets:
        start = self.at
        end = start + length
        if end > len(self.data):
            raise Malformed("ends too early")
        self.at = end
        return self.data[start:end]

    def bytes(self) -> octets:
        return self.take(self.varuint())

    def string(self) -> str:
        try:
            return self.take(self.varuint()).decode()
        except UnicodeDecodeError:
            raise Malformed("text that is not UTF-8") from None


def varuint(number: int) -> octets:
    if number < 128:
        return octets((number,))
    if number < 16_384:
        return octets((number & 127 | 128, number >> 7))
    out = bytearray()
    while number > 127:
        out.append(128 | (number & 127))
        number >>= 7
    out.append(number)
    return octets(out)


# Client ids are long, and the same ones come again and again.
client_id = lru_cache(4_096)(varuint)


def varbytes(data: octets) -> octets:
    return varuint(len(data)) + data


def varstring(text: str) -> octets:
    return varbytes(text.encode())


def state_vector(reader: Reader, most: int) -> dict[int, int]:
    """Client id to clock. The claimed count is checked before anything is made of it."""
    number = reader.count(2)
    if number > most:
        raise Malformed("a state vector of too many clients")
    vector: dict[int, int] = {}
    for _ in range(number):
        client = reader.varuint()
        if client in vector:
            raise Malformed("a client named twice")
        vector[client] = reader.varuint()
    return vector


def encode_state_vector(vector: dict[int, int]) -> octets:
    parts = [varuint(len(vector))]
    for client, clock in sorted(vector.items(), reverse=True):
        parts.append(varuint(client))
        parts.append(varuint(clock))
    return b"".join(parts)
