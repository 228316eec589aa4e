"""What is new for somebody, as far as they may see it at this moment."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from proposals.comments.selectors import drafts_for
from proposals.portfolio.access import visible_proposals
from proposals.portfolio.models import Proposal
from workspaces.domain.news import Wishes
from workspaces.models import Membership, Mute, News, Person, Preference

# So many proposals can be muted one by one; more than anybody has a part in.
MOST_OFFERED = 200


def news_for(person: Person) -> QuerySet[News]:
    """What a person was told and may still see, the newest first: asked anew each time."""
    here = Membership.objects.filter(person=person, person__is_active=True, ended_at=None)
    about_people = Q(proposal=0, workspace__in=here.values("workspace"))
    about_drafts = Q(draft=True, proposal__in=drafts_for(person).values("pk"))
    about_proposals = Q(draft=False, proposal__in=visible_proposals(person).order_by().values("pk"))
    mine = News.objects.filter(person=person, taken_back_at=None)
    return (
        mine.filter(about_people | about_drafts | about_proposals).select_related("by").order_by("-at", "-pk")
    )


def unread_of(person: Person) -> int:
    """How much of it has not been read."""
    return news_for(person).filter(read_at=None).count()


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
