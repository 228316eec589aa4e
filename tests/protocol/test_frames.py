"""The same messages in every form that WebSocket allows: one reader of ours, one of the server under us."""

import asyncio
import base64
import os

import pytest
from pycrdt import Doc, Text

from proposals.editing.domain import protocol
from tests.protocol.conftest import Place

pytestmark = pytest.mark.live


async def raw(place: Place) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A WebSocket by hand, after its handshake."""
    reader, writer = await asyncio.open_connection("127.0.0.1", place.server.port)
    lines = [
        f"GET /ws/documents/{place.epoch.pk} HTTP/1.1",
        f"Host: 127.0.0.1:{place.server.port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        f"Origin: {place.server.address}",
        f"Cookie: sessionid={place.cookies[place.cast.ben.pk]}",
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    await reader.readuntil(b"\r\n\r\n")
    return reader, writer


def framed(body: bytes, first: int = 0x82) -> bytes:
    mask = os.urandom(4)
    length = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xfe" + len(body).to_bytes(2, "big")
    return bytes([first]) + length + mask + bytes(byte ^ mask[n % 4] for n, byte in enumerate(body))


def typed(words: list[str]) -> list[bytes]:
    """The updates of somebody who types these words, one message each."""
    doc = Doc({"t:problem": Text()}, client_id=5_150)
    text = doc.get("t:problem", type=Text)
    messages: list[bytes] = []
    doc.observe(lambda event: messages.append(protocol.sync_update(event.update)))
    for word in words:
        text.insert(len(str(text)), word)
    return messages


async def test_a_message_in_any_form(place: Place) -> None:
    """[ED150]"""
    one, two, three, four, five, six, seven = typed(
        ["one ", "two ", "three ", "x" * 300, " 5 ", "six ", "7."]
    )
    half, last = len(six) // 2, framed(seven)
    pieces = [
        framed(one),
        *(bytes([byte]) for byte in framed(two)),
        framed(three) + framed(four),
        framed(b"a ping", 0x89) + framed(five),
        framed(six[:half], 0x02) + framed(b"a pong", 0x8A),
        framed(six[half:], 0x80) + last[:5],
        last[5:],
    ]
    async with place.peer(place.cast.amara) as amara:
        reader, writer = await raw(place)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.002)
        await amara.until(lambda: amara.said.strip() == "one two three " + "x" * 300 + " 5 six 7.")
        writer.write(framed(b"\x03\xe8", 0x88))
        async with asyncio.timeout(5):
            assert await closes(reader)
        writer.close()


async def closes(reader: asyncio.StreamReader) -> bool:
    """Whether the server answers a close with a close, and ends the line."""
    return b"\x88\x02\x03\xe8" in await reader.read(-1)
