"""What is new for somebody, as far as they may see it at this moment."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from proposals.comments.selectors import drafts_for, versions_for
from proposals.portfolio.access import seen_proposals, visible_proposals
from proposals.portfolio.models import Proposal
from workspaces.domain.news import Wishes
from workspaces.models import Membership, Mute, News, Person, Preference
from workspaces.prepared import Prepared

# So many proposals can be muted one by one; more than anybody has a part in.
MOST_OFFERED = 200


def news_for(person: Person, *, on: date | None = None) -> QuerySet[News]:
    """What a person was told and may see on that day (today if not given), the newest first."""
    here = Membership.objects.filter(person=person, person__is_active=True, ended_at=None)
    about_people = Q(proposal=0, workspace__in=here.values("workspace"))
    about_drafts = Q(draft=True, proposal__in=drafts_for(person, on=on).values("pk"))
    about_versions = Q(draft=True, version=True, proposal__in=versions_for(person).values("pk"))
    about_proposals = Q(draft=False, proposal__in=seen_proposals(person).order_by().values("pk"))
    mine = News.objects.filter(person=person, taken_back_at=None)
    return (
        mine.filter(about_people | about_drafts | about_versions | about_proposals)
        .select_related("by")
        .order_by("-at", "-pk")
    )


def unread_of(person: Person) -> int:
    """How much of it has not been read. Every page asks; mostly there is nothing, and that is soon said."""
    if not News.objects.filter(person=person, read_at=None).exists():
        return 0
    found = _UNREAD.ask(person.pk)
    return int(found[0][0]) if found else 0


def _unread(person: int, *, on: date) -> QuerySet[News, Any]:
    """Counted in one row. (A plain count cannot be prepared: it is asked as soon as it is said.)"""
    mine = news_for(Person(pk=person), on=on).filter(read_at=None).order_by().values("person")
    return mine.annotate(unread=Count("pk")).values_list("unread")


_UNREAD = Prepared(_unread, int)


def titles_of(news: Iterable[News]) -> dict[int, Proposal]:
    """The proposals that news are about; the news have been asked for with `news_for`."""
    return Proposal.objects.in_bulk({each.proposal for each in news if each.proposal})


def wishes_of(people: Iterable[int]) -> dict[int, Wishes]:
    """How each of these people wants to hear of news."""
    wanted = set(people)
    muted: dict[int, set[int]] = {}
    for person, proposal in Mute.objects.filter(person__in=wanted).values_list("person", "proposal"):
        muted.setdefault(person, set()).add(proposal)
    chosen = {row.person_id: row for row in Preference.objects.filter(person__in=wanted)}
    return {
        person: Wishes(
            by_email=chosen[person].by_email if person in chosen else True,
            ways=chosen[person].ways if person in chosen else {},
            muted=frozenset(muted.get(person, ())),
        )
        for person in wanted
    }


def can_be_muted(person: Person) -> QuerySet[Proposal]:
    """The proposals a person may hear of: those with a draft they read, and those they were told of."""
    told = news_for(person).exclude(proposal=0).order_by().values("proposal")
    drafts = drafts_for(person).values("pk")
    visible = visible_proposals(person).filter(Q(pk__in=drafts) | Q(pk__in=told))
    return visible.order_by("reference")[:MOST_OFFERED]
