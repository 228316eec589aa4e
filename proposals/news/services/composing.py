"""News put into words when their mail leaves: only what is still new to its reader, and theirs to see."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from proposals.editing import rendering
from proposals.news.domain.wording import Line, subject
from proposals.news.selectors import news_for, titles_of, wishes_of
from proposals.news.services.stopping import stop_link
from workspaces.domain.news import Kind, Way
from workspaces.models import Mail, News, Person

Headers = dict[str, str]


def compose(mail: Mail) -> Headers | None:
    """Fill in address, subject, text and HTML; None if nothing is left to say. Nothing of it is saved."""
    first = News.objects.filter(mail=mail).select_related("person").first()
    if first is None:
        return {}  # no news: whoever wrote it has said everything
    person = first.person
    rows = _left(mail, person)
    if not rows:
        return None
    proposal = titles_of(rows).get(rows[0].proposal)
    about = f"{proposal.reference} {proposal.title}" if proposal else ""
    lines = [
        Line(row.headline, row.text, row.at, settings.PUBLIC_ORIGIN + reverse("news_piece", args=[row.pk]))
        for row in rows
    ]
    stop = stop_link(person, rows[0].proposal)
    facts = {
        "person": person,
        "about": about,
        "lines": [(line, _shown(line.text)) for line in lines],
        "stop": stop,
        "preferences": settings.PUBLIC_ORIGIN + reverse("news_preferences"),
    }
    mail.to, mail.subject = person.email, subject(lines, about)[:300]
    mail.text = render_to_string("news/mail.txt", facts)
    mail.html = render_to_string("news/mail.html", facts)
    return {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _left(mail: Mail, person: Person) -> list[News]:
    """What they may see, have not read, and still want by e-mail; the oldest first."""
    wishes = wishes_of([person.pk])[person.pk]
    rows = news_for(person).filter(mail=mail, read_at=None).order_by("at", "pk")
    return [row for row in rows if wishes.way(Kind(row.kind), row.proposal, urgent=row.urgent) is not Way.APP]


def _shown(text: str) -> SafeString | str:
    return rendering.shown(text) if text else ""
