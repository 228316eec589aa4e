"""One version of a text, to read and to print, with what is said on it: for who has no editor, too."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from proposals.comments import services
from proposals.comments.domain.mentions import Name
from proposals.comments.domain.threads import Kind
from proposals.comments.domain.words import Words
from proposals.comments.entries import UNSETTLED, Entry, entries_of
from proposals.comments.forms import VersionThreadForm
from proposals.comments.selectors import Wanted, margin_of, names_for, reads_draft, threads_of
from proposals.comments.views.saying import say, sent
from proposals.editing.domain.canonical import content_in
from proposals.editing.models import FrozenVersion
from proposals.editing.selectors import newest_epoch, stage_version_for
from proposals.editing.views.document import SectionPage, left_out, section_pages
from proposals.editing.views.versions import version_facts
from proposals.portfolio.access import Access, SignedIn, access_of
from proposals.portfolio.domain.abilities import Ability, Grant
from proposals.portfolio.forms import carried_out


@require_http_methods(["GET", "HEAD", "POST"])
def version(request: SignedIn, reference: str, stage: str, *, number: int) -> HttpResponse:
    """What was said then, its margin, and while it is as it was handed in, a form to say something on it."""
    found = stage_version_for(request.user, reference, stage, number=number)
    access = access_of(request.user, found.document, Ability.READ_VERSION)
    sections = list(found.template.sections.order_by("order"))
    form = VersionThreadForm(
        sent(request), sections, names=_names(access, request), chooses=reads_draft(access)
    )
    if request.method == "POST":
        access_of(request.user, found.document, Ability.COMMENT_VERSION)
        if carried_out(form, lambda: _open(form, access, (found, request))):
            return redirect(_place(found))
    services.look_again(found.document)
    pages = section_pages(sections, content_in(found.canonical), found.document.proposal.route)
    entries = entries_of(
        threads_of(access, request.user, Wanted(states=UNSETTLED)), margin_of(request.user, access), sections
    )
    facts = {
        **version_facts(request, found.document),
        "version": found,
        "parts": [(page, _on(found, page, entries)) for page in pages],
        "left_out": left_out(pages),
        "words": sum(page.words for page in pages),
        "form": form,
        "grant": _grant(found, access),
        "reads_draft": reads_draft(access),
    }
    return render(request, "comments/version.html", facts, status=422 if form.errors else 200)


def _open(form: VersionThreadForm, access: Access, on: tuple[FrozenVersion, SignedIn]) -> None:
    found, request = on
    said = form.cleaned_data
    words = Words(said["words"], said["before"], said["behind"]) if said["words"] else None
    draft = services.Draft(
        section=said["section"],
        body=said["body"],
        kind=Kind(said["kind"]),
        addressed=said["addressed"],
        blocking=said["blocking"],
        version=found,
        words=words,
        for_committee=not reads_draft(access) or said["readers"] == VersionThreadForm.COMMITTEE,
    )
    _, _, unheard = services.open_thread(access, draft, by=request.user)
    say(request, "Your comment is in the margin.", unheard)


def _on(found: FrozenVersion, page: SectionPage, entries: dict[str, list[Entry]]) -> list[Entry]:
    """What is said on this version; while it is the newest text, also what was said on it as a draft."""
    here = entries.get(page.section.key, []) if found.closes else []
    newest = _is_newest(found)
    return [
        entry
        for entry in here
        if entry.thread.version_id == found.pk or (newest and not entry.thread.version_id)
    ]


def _grant(found: FrozenVersion, access: Access) -> Grant:
    """Whether something can be begun on it; a version that was only kept has no margin of its own."""
    if not found.closes:
        return Grant(allowed=False)
    if not _is_newest(found):
        return Grant(allowed=False, reason=services.WRITTEN_ON)
    return access.grants[Ability.COMMENT_VERSION]


def _is_newest(found: FrozenVersion) -> bool:
    epoch = newest_epoch(found.document)
    return epoch is not None and epoch.pk == found.epoch_id and epoch.closed_at is not None


def _names(access: Access, request: SignedIn) -> list[Name]:
    return names_for(request.user, access.document.proposal, version=True)


def _place(found: FrozenVersion) -> str:
    document = found.document
    return reverse("version", args=[document.proposal.reference, document.stage, found.number])
