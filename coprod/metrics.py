"""Figures for whoever watches over this process, as Prometheus reads them; for others there is no page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from proposals.editing.gauges import REGISTRY

LOOPBACK = ("127.0.0.1", "::1")
# A proxy on the same machine also speaks from a loopback address; these say that it speaks for somebody.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")


@require_safe
@never_cache
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """What this process has counted, and how it stands. 404 for everybody whom the settings do not name."""
    if not (has_token(request) or is_local(request)):
        raise Http404
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


def has_token(request: HttpRequest) -> bool:
    """Without a token in the settings nobody has it."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    wanted: str = settings.METRICS_TOKEN
    return bool(wanted) and kind.lower() == "bearer" and constant_time_compare(token.strip(), wanted)


def is_local(request: HttpRequest) -> bool:
    """From this machine itself, for nobody else, and the settings allow that."""
    if not settings.METRICS_LOCAL or settings.TRUSTED_PROXY_COUNT:
        return False
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not any(name in request.META for name in FORWARDED)


urlpatterns: list[URLPattern | URLResolver] = [path("metrics", metrics, name="metrics")]
