"""Hints by Redis: "redis://host:port/number". Nothing depends on it; when it is down, hints stay at home."""

from collections.abc import Iterator

import redis

from workspaces.notices.remote import CHANNEL, Remote

WAIT_SECONDS = 1.0


class Redis(Remote):
    """Publishes on one channel and listens to it in a thread."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._client = redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=5)

    def carry(self, message: str) -> None:
        self._client.publish(CHANNEL, message)

    def messages(self) -> Iterator[str | bytes]:
        with self._client.pubsub(ignore_subscribe_messages=True) as listener:  # type: ignore[no-untyped-call]
            listener.subscribe(CHANNEL)
            self.connected()
            while not self._ended.is_set():
                told = listener.get_message(timeout=WAIT_SECONDS)
                if told is not None:
                    yield told["data"]

    def hang_up(self) -> None:
        self._client.close()
