"""Reads about threads: which there are, what is new for a reader, what one can do with them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from proposals.comments.domain.threads import Act, Kind, State, ThreadFacts, acts
from proposals.comments.models import Audience, Comment, Placement, Reading, Thread
from proposals.portfolio.access import Access
from proposals.portfolio.domain.abilities import Ability, Grant
from proposals.portfolio.models import Proposal
from workspaces.models import Membership, Person, Seat

PARTS = ("opened_by", "settled_by", "missing_by", "version")
# Of a version only its number is wanted, not all its words with each of its threads.
HEAVY = ("version__canonical", "version__markdown", "version__paragraphs")
Spots = dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which threads somebody asks for; what is not set does not narrow."""

    states: Sequence[str] = ()
    kinds: Sequence[str] = ()
    sections: Sequence[str] = ()
    anchors: Sequence[str] = ()
    addressed: Sequence[str] = ()
    addressed_to_me: bool = False
    mine: bool = False
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Margin:
    """What is the same for all threads of a page: who reads, where threads stand, who is still here."""

    person: Person
    access: Access
    spots: Spots = field(default_factory=dict)
    present: frozenset[int] = frozenset()

    @property
    def reads_draft(self) -> bool:
        """Or only what was handed in: then nothing is shown of what has been written since."""
        return reads_draft(self.access)

    def committee_reads(self, thread: Thread) -> bool:
        """The committee that has the proposal now reads it too; `thread` with its audiences."""
        if thread.version_id is None:
            return False
        committee = self.access.document.proposal.committee_id
        return any(each.committee_id == committee for each in thread.audiences.all())

    @property
    def can_moderate(self) -> bool:
        """May hide what others said."""
        return self.access.grants[Ability.MODERATE].allowed

    def spot(self, thread: Thread) -> tuple[int, int] | None:
        """Where the thread stands in its section's Y.Text, as far as that was last seen."""
        if thread.anchor_state != "anchored" or thread.missing_since is not None:
            return None
        if thread.pk in self.spots:
            return self.spots[thread.pk]
        if thread.placed_from is None or thread.placed_to is None:
            return None
        return thread.placed_from, thread.placed_to

    def acts(self, thread: Thread) -> dict[Act, Grant]:
        """What the reader may do with the thread."""
        facts = facts_of(thread, (self.access, self.person), left=thread.opened_by_id not in self.present)
        ability = Ability.COMMENT_VERSION if thread.version_id else Ability.COMMENT
        return acts(facts, self.access.standing, self.access.grants[ability])


def reads_draft(access: Access) -> bool:
    """The pair and whom they invite do; a committee reads what was handed in."""
    return access.standing.has_part


def facts_of(thread: Thread, reader: tuple[Access, Person], *, left: bool) -> ThreadFacts:
    """What the rules ask about a thread."""
    access, person = reader
    return ThreadFacts(
        kind=Kind(thread.kind),
        state=State(thread.state),
        opener=thread.opened_by.name,
        is_opener=thread.opened_by_id == person.pk,
        opener_left=left,
        has_anchor=thread.anchor_state != "section",
        reads_draft=reads_draft(access),
    )


def margin_of(person: Person, access: Access) -> Margin:
    """What all threads of a document share, for one reader."""
    placement = Placement.objects.filter(document=access.document, seq__gte=0).first()
    spots = {int(pk): (spot[0], spot[1]) for pk, spot in placement.spots.items()} if placement else {}
    return Margin(person, access, spots, frozenset(_here(access.document.proposal)))


def _here(proposal: Proposal) -> set[int]:
    """Who can still say that what they asked is settled: members, and who sits on the committee."""
    members = Membership.objects.filter(
        workspace=proposal.workspace_id, ended_at=None, person__is_active=True
    )
    here = set(members.values_list("person_id", flat=True))
    if proposal.committee_id is None:
        return here
    return here | set(seats_of(proposal).values_list("person_id", flat=True))


def is_for_committee(thread: Thread, proposal: Proposal) -> bool:
    """Whether the committee that has the proposal now reads the thread."""
    theirs = Audience.objects.filter(thread=thread, committee=proposal.committee_id)
    # What was begun on a draft is for no committee, without asking.
    return thread.version_id is not None and theirs.exists()


def seats_of(proposal: Proposal) -> QuerySet[Seat]:
    """Who sits today on the committee that a proposal was submitted to."""
    return Seat.objects.filter(committee=proposal.committee_id, ended_at=None, person__is_active=True)


def has_left(person_id: int, proposal: Proposal) -> bool:
    """Whether somebody is no longer a member where the proposal belongs."""
    members = Membership.objects.filter(
        workspace=proposal.workspace_id, person=person_id, ended_at=None, person__is_active=True
    )
    if members.exists():
        return False
    return proposal.committee_id is None or not seats_of(proposal).filter(person=person_id).exists()


def threads_of(access: Access, person: Person, wanted: Wanted | None = None) -> QuerySet[Thread]:
    """The threads of a document that the reader may see, the oldest first, with comments and what is new."""
    found = Thread.objects.filter(document=access.document).select_related(*PARTS).defer(*HEAVY)
    if not reads_draft(access):
        found = found.filter(version__closes=True, audiences__committee=access.document.proposal.committee_id)
    narrowed = _narrowed(found, wanted or Wanted(), (access, person))
    return with_comments(with_unread(narrowed, person)).order_by("pk")


def comment_of(thread: Thread, number: int) -> Comment:
    """One comment of a thread that the reader may see, or 404."""
    comment = thread.comments.select_related("by").filter(number=number).first()
    if comment is None:
        raise Http404
    comment.thread = thread
    return comment


def with_comments(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """Fetch the comments along, and for which committees they are, each in one query for all."""
    comments = Prefetch("comments", Comment.objects.select_related("by"))
    return threads.prefetch_related(comments, "audiences")


def with_unread(threads: QuerySet[Thread], person: Person) -> QuerySet[Thread]:
    """Count in each thread what others have written since the person read it."""
    seen = Reading.objects.filter(thread=OuterRef("thread"), person=person).values("seen_at")[:1]
    new = (
        Comment.objects.filter(thread=OuterRef("pk"), deleted_at=None)
        .exclude(by=person)
        .annotate(seen=Subquery(seen))
        .filter(Q(seen=None) | Q(at__gt=F("seen")))
        .order_by()
        .values("thread")
        .annotate(many=Count("pk"))
        .values("many")
    )
    return threads.annotate(unread=Coalesce(Subquery(new, output_field=IntegerField()), 0))


def _narrowed(threads: QuerySet[Thread], wanted: Wanted, reader: tuple[Access, Person]) -> QuerySet[Thread]:
    access, person = reader
    named = {
        "state__in": wanted.states,
        "kind__in": wanted.kinds,
        "section__in": wanted.sections,
        "anchor_state__in": wanted.anchors,
        "addressed__in": wanted.addressed,
    }
    threads = threads.filter(**{name: values for name, values in named.items() if values})
    if wanted.mine:
        threads = threads.filter(opened_by=person)
    if wanted.addressed_to_me:
        called = Comment.objects.filter(mentions__person=person).values("thread")
        threads = threads.filter(Q(addressed__in=sides_of(access)) | Q(pk__in=called))
    if wanted.since is not None:
        threads = threads.filter(changed_at__gt=wanted.since)
    return threads


def sides_of(access: Access) -> list[str]:
    """The sides somebody answers for here."""
    standing = access.standing
    sides = [standing.half.value] if standing.half else []
    return [*sides, *(["patient_partner"] if standing.supporter == "patient_partner" else [])]
