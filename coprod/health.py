"""Whether the process and what it needs are well, and the pages that belong to no wing."""

import logging
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)


@require_safe
@never_cache
@login_not_required
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process lives and answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def readyz(_request: HttpRequest) -> JsonResponse:
    """Fit to serve people: 503 and the name of what is amiss when it is not."""
    found = {name: _sound(check) for name, check in CHECKS.items()}
    return JsonResponse(
        {name: "ok" if well else "failed" for name, well in found.items()},
        status=200 if all(found.values()) else 503,
    )


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html")


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() is not None


def _migrations_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


CHECKS: dict[str, Callable[[], bool]] = {"database": _database_answers, "migrations": _migrations_applied}


def _sound(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except DatabaseError:
        # The log has the cause; the answer, which anybody can read, has only the name.
        log.exception("The readiness check failed.")
        return False


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("accessibility/", accessibility, name="accessibility"),
]
