"""What all addresses of the margin share: who asks, what was sent, and the thread as the answer."""

from http import HTTPStatus
from typing import Any, cast

from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from proposals.comments import services
from proposals.comments.access import ThreadAccess, thread_for
from proposals.comments.api.shown import ThreadSerializer, thread_facts
from proposals.comments.models import Comment, Thread
from proposals.comments.selectors import Margin, margin_of, threads_of
from proposals.portfolio.access import Access
from proposals.portfolio.domain.abilities import Ability
from workspaces.models import Person


class Conflict(APIException):
    """What was sent fits a text that has changed meanwhile."""

    status_code = HTTPStatus.CONFLICT


class MarginView(APIView):
    """What all of them share: who asks, and how a changed text is told."""

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, services.TextChanged):
            exc = Conflict(str(exc))
        return super().handle_exception(exc)

    def asked(self, thread_id: int, ability: Ability = Ability.COMMENT) -> ThreadAccess:
        return thread_for(person_of(self.request), thread_id, ability)

    def answer(
        self, thread: Thread, access: Access, *, not_mentioned: list[str] | None = None, code: int = 200
    ) -> Response:
        """The thread as it is now."""
        margin = margin_of(person_of(self.request), access)
        row = threads_of(access, margin.person).get(pk=thread.pk)
        facts = row_facts(row, margin, not_mentioned)
        headers = {"Location": str(facts["url"])} if code == status.HTTP_201_CREATED else None
        return Response(ThreadSerializer(facts).data, status=code, headers=headers)


def person_of(request: Request) -> Person:
    """Whoever signed in; DRF lets nobody else through."""
    return cast(Person, request.user)


def said(kind: type[serializers.Serializer[object]], request: Request) -> dict[str, Any]:
    """What was sent, if it is of that form."""
    sent = kind(data=request.data)
    sent.is_valid(raise_exception=True)
    found: dict[str, Any] = sent.validated_data
    return found


def row_facts(row: Thread, margin: Margin, not_mentioned: list[str] | None = None) -> dict[str, object]:
    """A thread that a list has brought along with its comments."""
    comments: list[Comment] = list(row.comments.all())
    return thread_facts(
        row, margin, comments, unread=getattr(row, "unread", 0), not_mentioned=not_mentioned or ()
    )
