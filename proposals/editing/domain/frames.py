"""WebSocket frames as editors send them: whole, binary, masked. Every other frame is left to the server."""

_FINAL_BINARY, _MASKED, _LONGER = 0x82, 0x80, 126


def framed(message: bytes) -> bytes:
    """A binary message as one frame of the server: without a mask."""
    length = len(message)
    if length < _LONGER:
        return bytes((_FINAL_BINARY, length)) + message
    if length < 65_536:
        return b"\x82\x7e" + length.to_bytes(2, "big") + message
    return b"\x82\x7f" + length.to_bytes(8, "big") + message


def whole_messages(data: bytes) -> tuple[list[bytes], int, bool]:
    """The messages `data` starts with, each one whole frame below 64 KiB; where the rest starts; and whether
    that rest is nothing else than the beginning of one more."""
    at, end = 0, len(data)
    if 6 <= end < 132 and data[0] == _FINAL_BINARY and data[1] == end - 6 | _MASKED:
        return [_unmasked(data[2:6], data[6:])], end, True  # one key or caret: most of what arrives
    messages: list[bytes] = []
    while at < end:
        start = at
        at, mask_at = _bounds(data, at, end)
        if not mask_at or at > end:
            return messages, start, mask_at > 0
        messages.append(_unmasked(data[mask_at : mask_at + 4], data[mask_at + 4 : at]))
    return messages, at, True


def _bounds(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Where the frame that starts here ends, as far as can be seen, and where its mask is: 0 if not ours."""
    if data[at] != _FINAL_BINARY:
        return at, 0
    length = data[at + 1] ^ _MASKED if at + 1 < end else _LONGER
    if length == _LONGER and at + 4 > end:
        return end + 1, at + 4
    if length < _LONGER:
        return at + 6 + length, at + 2
    longer = int.from_bytes(data[at + 2 : at + 4], "big")
    return (at + 8 + longer, at + 4) if length == _LONGER <= longer else (at, 0)


def _unmasked(mask: bytes, body: bytes) -> bytes:
    length = len(body)
    masks = (mask * (length // 4 + 1))[:length]
    return (int.from_bytes(body, "big") ^ int.from_bytes(masks, "big")).to_bytes(length, "big")
