"""Whom a deed in the margin concerns. Of one comment each reader hears once, as what touches them most."""

from django.urls import reverse

from proposals.comments.domain.threads import How, Kind
from proposals.comments.models import Comment, Thread
from proposals.comments.services.calling import Called
from proposals.portfolio.models import Section
from workspaces import services as people
from workspaces.domain import news
from workspaces.domain.news import Piece
from workspaces.domain.pairing import Side
from workspaces.models import Person

DOES = {
    Kind.COMMENT: "comments",
    Kind.QUESTION: "asks a question",
    Kind.CHANGE_REQUEST: "requests a change",
    Kind.PATIENT_POINT: "makes a point for patients",
}
QUOTE_LENGTH = 60


def tell_opened(thread: Thread, comment: Comment, called: Called, *, by: Person) -> None:
    """Who is called, then the side it is put to, then everybody who writes here."""
    asked = {
        each.person for each in called.readers if each.speaks_for and each.speaks_for == thread.addressed
    }
    does = DOES[Kind(thread.kind)]
    side = Side(thread.addressed).label.lower() if thread.addressed else ""
    groups = [
        (news.Kind.MENTION, f"{by.name} mentions you", called.people),
        (news.Kind.ASSIGNMENT, f"{by.name} {does}, for the {side} to answer", asked),
        (news.Kind.COMMENT, f"{by.name} {does}", called.writers),
    ]
    _tell_each_once(comment, groups, called, by=by)


def tell_said(thread: Thread, comment: Comment, called: Called, *, by: Person) -> None:
    """Who is called, then whoever asked, then who has spoken, then everybody who writes here."""
    spoken = set(Comment.objects.filter(thread=thread).values_list("by", flat=True))
    answer = comment.is_answer
    groups = [
        (news.Kind.MENTION, f"{by.name} mentions you", called.people),
        (news.Kind.ANSWER, f"{by.name} answers what you asked", {thread.opened_by_id} if answer else set()),
        (news.Kind.REPLY, f"{by.name} {'answers' if answer else 'replies'}", spoken | {thread.opened_by_id}),
        (news.Kind.COMMENT, f"{by.name} {'answers' if answer else 'replies'}", called.writers),
    ]
    _tell_each_once(comment, groups, called, by=by)


def tell_called(comment: Comment, called: Called, *, by: Person) -> None:
    """Who is called only now, in the new words of a comment."""
    if called.new:
        piece = _piece(comment.thread, news.Kind.MENTION, f"{by.name} mentions you", comment=comment)
        people.tell(called.new, piece, by=by)


def tell_settled(thread: Thread, does: str, *, by: Person) -> None:
    """Everybody who has spoken; whoever does it has read the rest."""
    spoken = set(Comment.objects.filter(thread=thread).values_list("by", flat=True))
    how = (
        f": {How(thread.settled_how).label[0].lower()}{How(thread.settled_how).label[1:]}"
        if thread.settled_how
        else ""
    )
    kind = Kind(thread.kind).label.lower()
    piece = _piece(thread, news.Kind.RESOLUTION, f"{by.name} {does} a {kind}", end=how)
    people.tell(spoken | {thread.opened_by_id}, piece, by=by)


def tell_author(comment: Comment, headline: str, why: str = "", *, by: Person) -> None:
    """What a moderator did with somebody's words, at once."""
    piece = _piece(comment.thread, news.Kind.HIDDEN, headline, end=f": {why}" if why else "")
    people.tell([comment.by_id], piece, by=by)


def tell_detached(thread: Thread) -> None:
    """Whoever began it, unless they removed the words themselves."""
    if thread.missing_by_id != thread.opened_by_id:
        piece = _piece(thread, news.Kind.DETACHED, "The words are gone that you commented")
        people.tell([thread.opened_by_id], piece, by=None)


def has_read(thread: Thread, *, by: Person) -> None:
    """Whoever does something in a thread has seen what they were told of it."""
    people.read_about(target_of(thread), by=by)


def target_of(thread: Thread) -> str:
    return f"thread:{thread.pk}"


Group = tuple[news.Kind, str, set[int]]


def _tell_each_once(comment: Comment, groups: list[Group], called: Called, *, by: Person) -> None:
    """The first group that somebody is in counts; who cannot read the text is not told."""
    left = {each.person for each in called.readers} - {by.pk}
    about = _about(comment.thread)
    told: list[tuple[set[int], Piece]] = []
    for kind, headline, concerned in groups:
        told.append((concerned & left, _piece(comment.thread, kind, headline, comment=comment, about=about)))
        left -= concerned
    people.tell_each(told, by=by)


def _piece(
    thread: Thread,
    kind: news.Kind,
    headline: str,
    *,
    comment: Comment | None = None,
    about: str | None = None,
    end: str = "",
) -> Piece:
    document = thread.document
    return Piece(
        kind,
        f"{headline} {_about(thread) if about is None else about}{end}",
        reverse("thread", args=[document.proposal.reference, document.stage, thread.pk]),
        text=comment.body if comment else "",
        proposal=document.proposal_id,
        draft=True,
        version=thread.version_id is not None,
        target=target_of(thread),
        part=comment.number if comment else 0,
    )


def _about(thread: Thread) -> str:
    """On which words, or in which section."""
    words = " ".join(thread.exact.split())
    if words:
        return f"on “{words if len(words) <= QUOTE_LENGTH else words[: QUOTE_LENGTH - 1] + '…'}”"
    title = Section.objects.filter(template=thread.document.template_id, key=thread.section).values_list(
        "title"
    )
    return f"on “{(title.first() or (thread.section,))[0]}”"
