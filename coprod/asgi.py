"""Where a request or a socket enters: pages to Django, sockets past the check of origins to the consumers."""

import os
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coprod.settings")
pages = get_asgi_application()

from coprod import memory  # noqa: E402

# Before anything that imports it.
memory.load_framework()

# These import models, which stand only once Django is set up.
from channels.routing import URLRouter  # noqa: E402

from coprod import farewell, staff  # noqa: E402
from coprod.origins import OwnOrigins  # noqa: E402
from coprod.routing import websocket_urlpatterns  # noqa: E402

farewell.prepare()
staff.prepare()
memory.settle()
sockets = OwnOrigins(URLRouter(websocket_urlpatterns))


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """What the server under us calls for every request and every socket."""
    if scope["type"] == "websocket":
        # The consumers hand frames to the server itself, past every layer in between.
        scope["raw_send"] = send
        await sockets(scope, receive, send)
    else:
        await pages(scope, receive, send)
