"""Which pages may open a socket: ours, by full origin, and none that does not say where it is from."""

from typing import Any

from channels.security.websocket import OriginValidator
from django.conf import settings
from django.http.request import split_domain_port, validate_host

Scope = dict[str, Any]


class OwnOrigins:
    """Wraps Channels' validator. While developing, with nothing set, the page's own host is allowed."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        validator: Any = OriginValidator(self._application, allowed_origins(scope))
        await validator(scope, receive, send)


def allowed_origins(scope: Scope) -> list[str]:
    if settings.ALLOWED_ORIGINS or not settings.DEBUG:
        return list(settings.ALLOWED_ORIGINS)
    host = dict(scope["headers"]).get(b"host", b"").decode("latin1")
    domain, _port = split_domain_port(host)
    return [f"http://{host}"] if domain and validate_host(domain, settings.ALLOWED_HOSTS) else []
