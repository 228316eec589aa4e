"""WebSocket frames as editors send them: whole, binary, masked. Every other frame is left to the server."""

_FINAL_BINARY, _MASKED, _LONGER = 0x82, 0x80, 126


def whole_messages(data: bytes) -> tuple[list[bytes], int]:
    """The messages `data` starts with, each one whole frame below 64 KiB, and where the rest starts."""
    messages: list[bytes] = []
    at, end = 0, len(data)
    while at + 8 <= end and data[at] == _FINAL_BINARY:
        length, body = data[at + 1] ^ _MASKED, at + 6
        if length >= _LONGER:
            if length > _LONGER:
                break
            length, body = int.from_bytes(data[at + 2 : at + 4], "big"), at + 8
        stop = body + length
        if stop > end:
            break
        messages.append(_unmasked(data[body - 4 : body], data[body:stop], length))
        at = stop
    return messages, at


def _unmasked(mask: bytes, body: bytes, length: int) -> bytes:
    masks = (mask * (length // 4 + 1))[:length]
    return (int.from_bytes(body, "big") ^ int.from_bytes(masks, "big")).to_bytes(length, "big")
