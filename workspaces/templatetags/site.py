"""The frame around every page: where one can go from here."""

from typing import TypedDict

from django import template
from django.http import HttpRequest
from django.urls import reverse

from workspaces.domain.pairing import Side
from workspaces.models import Person, Workspace
from workspaces.selectors import committees_for

register = template.Library()


class Link(TypedDict):
    """One entry of the main navigation."""

    text: str
    href: str
    current: bool


@register.simple_tag(takes_context=True)
def navigation(context: template.RequestContext) -> list[Link]:
    """The main navigation of whoever is signed in; empty for strangers and after a failure."""
    request: HttpRequest | None = context.get("request")
    person = getattr(request, "user", None)
    if request is None or not isinstance(person, Person):
        return []
    spaces = _workspaces(person)
    entries = [
        ("Board", reverse("board")),
        *[(_people(each, spaces), reverse("workspace", args=[each.slug])) for each in spaces],
        ("New proposal", reverse("proposal_new")),
        *([("Committees", reverse("committees"))] if committees_for(person).exists() else []),
    ]
    return [{"text": text, "href": href, "current": request.path == href} for text, href in entries]


@register.filter
def side_label(side: str) -> str:
    """The word for a side, as people say it."""
    return Side(side).label


def _people(space: Workspace, spaces: list[Workspace]) -> str:
    return "People" if len(spaces) == 1 else f"People: {space.name}"


def _workspaces(person: Person) -> list[Workspace]:
    open_ones = person.memberships.filter(ended_at=None).select_related("workspace")
    return [membership.workspace for membership in open_ones]
