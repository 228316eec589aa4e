"""Telling people, and what they do with what they are told. `docs/internals.md` shows other wings how."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from workspaces import audit, notices
from workspaces.domain.news import Kind, Piece, Way
from workspaces.models import Mute, News, Person, Preference
from workspaces.post import GROUP


def tell(people: Iterable[int], piece: Piece, *, by: Person | None) -> None:
    """Tell these people (ids), but not whoever did it. Written with the deed; whether it is mailed, and
    whether they may see it, is asked later, each time anew."""
    tell_each([(people, piece)], by=by)


@transaction.atomic
def tell_each(told: Iterable[tuple[Iterable[int], Piece]], *, by: Person | None) -> None:
    """The same, for several pieces in one go."""
    rows = [
        _row(piece, person, by)
        for people, piece in told
        for person in sorted(set(people) - {by.pk if by else 0})
    ]
    if not rows:
        return
    for row in News.objects.bulk_create(rows):
        notices.publish(f"person.{row.person_id}", "news", news=row.pk)
    notices.publish(GROUP, "news")


def _row(piece: Piece, person: int, by: Person | None) -> News:
    return News(
        person_id=person,
        kind=piece.kind.value,
        headline=" ".join(piece.headline.split())[:300],
        text=piece.text,
        url=piece.url,
        by=by,
        proposal=piece.proposal,
        workspace_id=piece.workspace,
        draft=piece.draft,
        version=piece.version,
        target=piece.target,
        part=piece.part,
        urgent=piece.at_once,
    )


def read_about(target: str, upto: datetime | None = None, *, by: Person) -> None:
    """Somebody has seen or done something about `target`: what they were told of it is no news any more."""
    seen = News.objects.filter(target=target)
    _read(seen.filter(at__lte=upto) if upto else seen, by=by)


def read_news(numbers: Iterable[int] | None = None, *, by: Person) -> None:
    """These pieces of news, or all, have been read."""
    _read(News.objects.all() if numbers is None else News.objects.filter(pk__in=list(numbers)), by=by)


@transaction.atomic
def take_back(target: str, part: int) -> None:
    """What was said has been taken back: nobody is shown it any more, and it is not mailed."""
    rows = News.objects.filter(target=target, part=part, taken_back_at=None)
    for person in set(rows.values_list("person_id", flat=True)):
        notices.publish(f"person.{person}", "news")
    rows.update(taken_back_at=timezone.now(), pending=False, text="")


def reword(target: str, part: int, text: str) -> None:
    """What was said has been put into other words."""
    News.objects.filter(target=target, part=part, taken_back_at=None).exclude(text="").update(text=text)


@transaction.atomic
def prefer(ways: dict[Kind, Way], muted: Iterable[int], *, by_email: bool, by: Person) -> None:
    """How somebody wants to hear of news, from now on and for what still waits."""
    chosen = {kind.value: way.value for kind, way in ways.items()}
    Preference.objects.update_or_create(person=by, defaults={"by_email": by_email, "ways": chosen})
    wanted = set(muted)
    Mute.objects.filter(person=by).exclude(proposal__in=wanted).delete()
    Mute.objects.bulk_create([Mute(person=by, proposal=each) for each in wanted], ignore_conflicts=True)
    audit.record(by=by, verb="choose_news", target=f"person:{by.pk}", by_email=by_email, ways=chosen)


@transaction.atomic
def stop_mail(person: Person, proposal: int = 0) -> None:
    """No e-mail about a proposal, or none at all, by the link in a mail. Repeating it changes nothing."""
    if proposal:
        Mute.objects.get_or_create(person=person, proposal=proposal)
    else:
        Preference.objects.update_or_create(person=person, defaults={"by_email": False})
    audit.record(by=None, verb="stop_mail", target=f"person:{person.pk}", proposal=proposal)


def _read(news: QuerySet[News], *, by: Person) -> None:
    if news.filter(person=by, read_at=None).update(read_at=timezone.now(), pending=False):
        notices.publish(f"person.{by.pk}", "news")
