"""The addresses of the margin for programs, the editor's among them."""

from rest_framework import status
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response

from proposals.comments import services
from proposals.comments.access import version_on
from proposals.comments.api import given
from proposals.comments.api.base import MarginView, person_of, row_facts, said
from proposals.comments.api.shown import (
    CommentHistorySerializer,
    NameSerializer,
    ThreadSerializer,
    comment_facts,
    thread_facts,
)
from proposals.comments.domain.threads import How
from proposals.comments.selectors import Margin, comment_of, margin_of, names_for, threads_of
from proposals.portfolio.access import access_to
from proposals.portfolio.domain.abilities import Ability
from workspaces.described import described
from workspaces.problems import problems

REFUSALS = problems(400, 401, 403, 404)


class ThreadPages(LimitOffsetPagination):
    """A margin usually fits in one page."""

    default_limit = 200
    max_limit = 500


class ThreadsView(MarginView):
    """The margin of a document."""

    pagination_class = ThreadPages

    @described(
        operation_id="api_threads",
        parameters=[given.WantedGiven],
        responses={
            (200, "application/json"): ThreadSerializer(many=True),
            **problems(400, 401, 403, 404),
        },
    )
    def get(self, request: Request, document_id: int) -> Response:
        """List threads with their comments, the oldest first; for a committee those on what was handed in."""
        person = person_of(request)
        access = access_to(person, document_id, Ability.READ_VERSION)
        wanted = given.wanted_from(request.query_params)
        services.look_again(access.document)
        margin = margin_of(person, access)
        pages = self.pagination_class()
        rows = pages.paginate_queryset(threads_of(access, person, wanted), request, view=self) or []
        facts = [row_facts(row, margin) for row in rows]
        return pages.get_paginated_response(list(ThreadSerializer(facts, many=True).data))

    @described(
        operation_id="api_threads_open",
        request=given.ThreadGiven,
        responses={201: ThreadSerializer, **problems(400, 401, 403, 404, 409, 422)},
    )
    def post(self, request: Request, document_id: int) -> Response:
        """Open a thread on words, or on a whole section. 409: the words have changed, select them again."""
        person = person_of(request)
        number = said(given.VersionGiven, request).get("version")
        access = access_to(person, document_id, Ability.COMMENT_VERSION if number else Ability.COMMENT)
        draft = given.draft_from(said(given.ThreadGiven, request), version_on(access, number))
        thread, comment, unheard = services.open_thread(access, draft, by=person)
        margin = Margin(person, access, present=frozenset({person.pk}))
        facts = thread_facts(thread, margin, [comment], not_mentioned=unheard)
        return Response(
            ThreadSerializer(facts).data,
            status=status.HTTP_201_CREATED,
            headers={"Location": str(facts["url"])},
        )


class NamesView(MarginView):
    """Who can be called in the margin of a document."""

    @described(
        operation_id="api_names",
        responses={(200, "application/json"): NameSerializer(many=True), **problems(401, 403, 404)},
    )
    def get(self, request: Request, document_id: int) -> Response:
        """List what can be written after @: others who may read the text, then the sides they answer for."""
        person = person_of(request)
        access = access_to(person, document_id, Ability.COMMENT)
        found = names_for(person, access.document.proposal)
        return Response(NameSerializer(found, many=True).data)


class ThreadView(MarginView):
    """One thread."""

    @described(
        operation_id="api_thread",
        responses={200: ThreadSerializer, **REFUSALS},
    )
    def get(self, _request: Request, thread_id: int) -> Response:
        """Read one thread."""
        found = self.asked(thread_id, Ability.READ)
        services.look_again(found.access.document)
        return self.answer(found.thread, found.access)

    @described(
        operation_id="api_thread_change",
        request=given.ThreadChange,
        responses={200: ThreadSerializer, **REFUSALS},
    )
    def patch(self, request: Request, thread_id: int) -> Response:
        """Change its kind, addressee or whether it blocks; for whoever opened it."""
        found = self.asked(thread_id)
        changes = said(given.ThreadChange, request)
        services.change_thread(found.access, found.thread, changes, by=person_of(request))
        return self.answer(found.thread, found.access)


class CommentsView(MarginView):
    """What is said in a thread."""

    @described(
        operation_id="api_thread_comments",
        request=given.ReplyGiven,
        responses={201: ThreadSerializer, **problems(400, 401, 403, 404)},
    )
    def post(self, request: Request, thread_id: int) -> Response:
        """Reply, or answer."""
        found = self.asked(thread_id)
        sent = said(given.ReplyGiven, request)
        _, unheard = services.reply(
            found.access, found.thread, sent["body"], by=person_of(request), answers=sent["answers"]
        )
        return self.answer(found.thread, found.access, not_mentioned=unheard, code=status.HTTP_201_CREATED)


class CommentView(MarginView):
    """One comment."""

    @described(
        operation_id="api_thread_comment",
        responses={200: CommentHistorySerializer, **problems(401, 403, 404)},
    )
    def get(self, request: Request, thread_id: int, number: int) -> Response:
        """Read one comment, and what it said before."""
        found = self.asked(thread_id, Ability.READ)
        comment = comment_of(found.thread, number)
        earlier = list(comment.edits.all()) if comment.said_to(person_of(request)) else []
        facts = {
            **comment_facts(comment, Margin(person_of(request), found.access)),
            "earlier": [{"body": edit.body, "until": edit.at} for edit in earlier],
        }
        return Response(CommentHistorySerializer(facts).data)

    @described(
        operation_id="api_thread_comment_change",
        request=given.CommentChange,
        responses={200: ThreadSerializer, **REFUSALS},
    )
    def patch(self, request: Request, thread_id: int, number: int) -> Response:
        """Change one's own comment."""
        found = self.asked(thread_id)
        body = said(given.CommentChange, request)["body"]
        comment = comment_of(found.thread, number)
        _, unheard = services.edit_comment(found.access, comment, body, by=person_of(request))
        return self.answer(found.thread, found.access, not_mentioned=unheard)

    @described(
        operation_id="api_thread_comment_delete",
        responses={200: ThreadSerializer, **REFUSALS},
    )
    def delete(self, request: Request, thread_id: int, number: int) -> Response:
        """Take back one's own comment; a gap stays."""
        found = self.asked(thread_id)
        services.delete_comment(comment_of(found.thread, number), by=person_of(request))
        return self.answer(found.thread, found.access)


class HidingView(MarginView):
    """Whether a comment can be read."""

    @described(
        operation_id="api_thread_comment_hide",
        request=given.HidingGiven,
        responses={200: ThreadSerializer, **REFUSALS, **problems(422)},
    )
    def post(self, request: Request, thread_id: int, number: int) -> Response:
        """Hide what somebody else said, with a reason that stands in its place; for moderators."""
        found = self.asked(thread_id, Ability.READ)
        services.may_moderate(found.access)
        why = said(given.HidingGiven, request)["why"]
        services.hide_comment(found.access, comment_of(found.thread, number), why, by=person_of(request))
        return self.answer(found.thread, found.access)

    @described(
        operation_id="api_thread_comment_show",
        responses={200: ThreadSerializer, **REFUSALS, **problems(422)},
    )
    def delete(self, request: Request, thread_id: int, number: int) -> Response:
        """Show it again."""
        found = self.asked(thread_id, Ability.READ)
        services.show_comment(found.access, comment_of(found.thread, number), by=person_of(request))
        return self.answer(found.thread, found.access)


class ResolutionView(MarginView):
    """Whether a thread is closed."""

    @described(
        operation_id="api_thread_resolve",
        request=given.ResolutionGiven,
        responses={200: ThreadSerializer, **REFUSALS},
    )
    def post(self, request: Request, thread_id: int) -> Response:
        """Resolve it. Only whoever asked closes a question."""
        found = self.asked(thread_id)
        how = said(given.ResolutionGiven, request)["how"]
        services.resolve(found.access, found.thread, How(how) if how else None, by=person_of(request))
        return self.answer(found.thread, found.access)

    @described(
        operation_id="api_thread_reopen",
        responses={200: ThreadSerializer, **REFUSALS},
    )
    def delete(self, request: Request, thread_id: int) -> Response:
        """Open it again."""
        found = self.asked(thread_id)
        services.reopen(found.access, found.thread, by=person_of(request))
        services.look_again(found.access.document)
        return self.answer(found.thread, found.access)


class AnchorView(MarginView):
    """The words a thread is about."""

    @described(
        operation_id="api_thread_anchor",
        request=given.AnchorGiven,
        responses={200: ThreadSerializer, **REFUSALS, **problems(409, 422)},
    )
    def put(self, request: Request, thread_id: int) -> Response:
        """Put it on other words of its section."""
        found = self.asked(thread_id)
        anchor = given.anchor_from(said(given.AnchorGiven, request), found.thread.section)
        if anchor is not None:
            services.reattach(found.access, found.thread, anchor, by=person_of(request))
        return self.answer(found.thread, found.access)


class ReadingView(MarginView):
    """How far the reader has read, for the reader alone."""

    @described(
        operation_id="api_thread_reading",
        request=given.ReadingGiven,
        responses={204: None, **problems(400, 401, 403, 404)},
    )
    def put(self, request: Request, thread_id: int) -> Response:
        """Remember that this has been read."""
        found = self.asked(thread_id, Ability.READ)
        upto = said(given.ReadingGiven, request).get("upto")
        services.mark_read(found.thread, upto, by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
