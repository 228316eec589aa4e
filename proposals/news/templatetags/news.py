"""How much is new, for the header of every page."""

from django import template

from proposals.news.selectors import unread_of
from workspaces.models import Person

register = template.Library()


@register.simple_tag
def unread_news(person: object) -> int:
    """What the reader has not read, of what they may see now."""
    return unread_of(person) if isinstance(person, Person) else 0
