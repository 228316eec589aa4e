"""Opening a thread, saying what it is, closing it, opening it again, and putting it back on words."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from proposals.comments.domain.anchors import Given
from proposals.comments.domain.threads import RULES, Act, How, Kind, State
from proposals.comments.domain.words import Words
from proposals.comments.models import Audience, Comment, Placement, Thread
from proposals.comments.selectors import facts_of, has_left, sides_of
from proposals.comments.services.anchoring import fasten, fasten_words, put
from proposals.comments.services.calling import call
from proposals.comments.services.records import happened, locked, touch
from proposals.comments.services.telling import has_read, tell_opened, tell_settled
from proposals.editing.models import FrozenVersion
from proposals.portfolio.access import Access
from proposals.portfolio.models import Document, Proposal
from workspaces.models import Committee, Person


@dataclass(frozen=True, slots=True)
class Draft:
    """A thread as somebody wants to open it; without an anchor or words it is about the whole section.

    `words` are those of `version`, a text that was handed in; with `for_committee` its committee reads along.
    """

    section: str
    body: str
    kind: Kind = Kind.COMMENT
    addressed: str = ""
    blocking: bool = False
    anchor: Given | None = None
    version: FrozenVersion | None = None
    words: Words | None = None
    for_committee: bool = False


def open_thread(access: Access, draft: Draft, *, by: Person) -> tuple[Thread, Comment, list[str]]:
    """Open a thread; also its first comment, and the names of those who were called but cannot see it.

    The scribe looks for the words before the atomic block: nobody waits for it in a transaction.
    """
    document = access.document
    if draft.version is None:
        at = fasten(document, draft.section, draft.anchor)
    else:
        at = fasten_words(draft.version, draft.section, draft.words)
    thread = Thread(
        document=document,
        version=draft.version if draft.for_committee else None,
        section=draft.section,
        kind=draft.kind.value,
        addressed=draft.addressed,
        blocking=draft.blocking,
        opened_by=by,
        opened_side=side_of(access),
    )
    if at is not None:
        put(thread, at)
    with transaction.atomic():
        thread.save(force_insert=True)
        if thread.version_id and document.proposal.committee_id:
            Audience.objects.create(thread=thread, committee_id=document.proposal.committee_id)
        comment = Comment.objects.create(
            thread=thread, number=1, by=by, side=thread.opened_side, body=draft.body
        )
        called = call(comment, document.proposal, by=by)
        tell_opened(thread, comment, called, by=by)
        happened(thread, "opened", by=by, kind=draft.kind.value, section=draft.section)
    return thread, comment, called.unheard


def bring_up(proposal: Proposal, *, to: Committee) -> None:
    """The matter goes to the committee above: it reads what was said for the one that had it until now."""
    theirs = Audience.objects.filter(thread__document__proposal=proposal, committee=proposal.committee_id)
    rows = [Audience(thread_id=thread, committee=to) for thread in theirs.values_list("thread", flat=True)]
    Audience.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def change_thread(access: Access, thread: Thread, changes: dict[str, object], *, by: Person) -> Thread:
    """Another kind, another addressee, blocking or not: whoever opened it decides."""
    row = locked(thread)
    refuse_unless(access, row, Act.CHANGE, by=by)
    names = [name for name in ("kind", "addressed", "blocking") if name in changes]
    before = {name: getattr(row, name) for name in names}
    for name in names:
        setattr(row, name, changes[name])
    if any(getattr(row, name) != value for name, value in before.items()):
        touch(row, *names)
        happened(row, "changed", by=by, before=before)
    return row


@transaction.atomic
def resolve(access: Access, thread: Thread, how: How | None = None, *, by: Person) -> Thread:
    """Close a thread. It stays, and can be opened again."""
    row = locked(thread)
    if row.state == State.RESOLVED:
        return row
    refuse_unless(access, row, Act.RESOLVE, by=by)
    row.state, row.settled_by, row.settled_at = State.RESOLVED.value, by, timezone.now()
    row.settled_how = how.value if how else ""
    touch(row, "state", "settled_by", "settled_at", "settled_how")
    has_read(row, by=by)
    tell_settled(row, "resolves", by=by)
    happened(row, "resolved", by=by, how=row.settled_how)
    return row


@transaction.atomic
def reopen(access: Access, thread: Thread, *, by: Person) -> Thread:
    """Open a resolved or answered thread again."""
    row = locked(thread)
    if row.state == State.OPEN:
        return row
    refuse_unless(access, row, Act.REOPEN, by=by)
    row.state, row.settled_by, row.settled_at, row.settled_how = State.OPEN.value, None, None, ""
    touch(row, "state", "settled_by", "settled_at", "settled_how")
    # Resolved threads are not placed while people write on: look for this one anew.
    out_of_date(access.document)
    has_read(row, by=by)
    tell_settled(row, "opens again", by=by)
    happened(row, "reopened", by=by)
    return row


def reattach(access: Access, thread: Thread, anchor: Given, *, by: Person) -> Thread:
    """Put a thread on other words of its section: the ones it was about, as its readers see it."""
    refuse_unless(access, thread, Act.REATTACH, by=by)
    at = fasten(access.document, thread.section, anchor)
    with transaction.atomic():
        row = locked(thread)
        if at is not None:
            put(row, at)
        touch(row, *ANCHOR_FIELDS)
        out_of_date(access.document)
        happened(row, "reattached", by=by, seq=row.placed_seq)
    return row


ANCHOR_FIELDS = (
    "anchor_state", "start", "end", "exact", "prefix", "suffix", "latest", "placed_epoch", "placed_seq",
    "placed_from", "placed_to", "missing_since", "missing_by", "detached_at",
)  # fmt: skip


def out_of_date(document: Document) -> None:
    """Where the document's threads stand is to be looked up, though nobody has written."""
    Placement.objects.filter(document=document).update(seq=-1)


def side_of(access: Access) -> str:
    """Whom somebody speaks for here: a side they answer for, else their own."""
    return next(iter(sides_of(access)), access.standing.side.value)


def refuse_unless(access: Access, thread: Thread, act: Act, *, by: Person) -> None:
    """Say no in the words of the rule."""
    left = thread.opened_by_id != by.pk and has_left(thread.opened_by_id, access.document.proposal)
    if reason := RULES[act](facts_of(thread, (access, by), left=left), access.standing):
        raise PermissionDenied(reason)
