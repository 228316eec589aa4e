"""Pages of the margin: they read and post without script, on a phone and with a screen reader."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from proposals.comments import services
from proposals.comments.access import ability_on
from proposals.comments.domain.mentions import Name
from proposals.comments.domain.threads import How, Kind
from proposals.comments.entries import FILTERS, Entry, chosen, entries_of
from proposals.comments.forms import CommentForm, ReplyForm, ThreadForm
from proposals.comments.models import Comment, Thread
from proposals.comments.selectors import (
    comment_of,
    is_for_committee,
    margin_of,
    names_for,
    reads_draft,
    threads_of,
)
from proposals.comments.views.saying import say, sent
from proposals.editing.selectors import stage_document_for
from proposals.portfolio.access import Access, SignedIn, access_of
from proposals.portfolio.domain.abilities import Ability
from proposals.portfolio.forms import carried_out
from proposals.portfolio.models import Section

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def threads(request: SignedIn, *, reference: str, stage: str) -> HttpResponse:
    """Everything said in the margin of a document, and a form for more."""
    access = _access(request, reference, stage)
    sections = _sections(access)
    form = ThreadForm(sent(request), sections, names=_names(access, request))
    if request.method == "POST":
        access_of(request.user, access.document, Ability.COMMENT)
        if carried_out(form, lambda: _open(form, access, request)):
            return redirect(_list(access))
    services.look_again(access.document)
    wanted, name = chosen(request.GET.get("show", ""))
    margin = margin_of(request.user, access)
    entries = entries_of(threads_of(access, request.user, wanted), margin, sections)
    facts = {
        **facts_on(access),
        "groups": [(section, found) for section in sections if (found := entries.get(section.key))],
        "filters": FILTERS,
        "shown": name,
        "form": form,
        "grant": access.grants[Ability.COMMENT],
        "reads_draft": reads_draft(access),
    }
    return render(request, "comments/threads.html", facts, status=422 if form.errors else 200)


def _open(form: ThreadForm, access: Access, request: SignedIn) -> None:
    said = form.cleaned_data
    draft = services.Draft(
        section=said["section"],
        body=said["body"],
        kind=Kind(said["kind"]),
        addressed=said["addressed"],
        blocking=said["blocking"],
    )
    _, _, unheard = services.open_thread(access, draft, by=request.user)
    say(request, "Your comment is in the margin.", unheard)


@page
def thread(request: SignedIn, *, reference: str, stage: str, thread_id: int) -> HttpResponse:
    """One thread on its own; what is posted here is a reply, or with `answers` the answer."""
    access = _access(request, reference, stage)
    found = _thread(access, request, thread_id)
    form = ReplyForm(sent(request), found.pk, names=_names(access, request, found))
    if request.method == "POST":
        access_of(request.user, access.document, ability_on(found, Ability.COMMENT))
        if carried_out(form, lambda: _reply(form, access, (found, request))):
            return redirect(place_of(access, found))
    elif request.method == "GET":
        services.look_again(access.document)
        found = _thread(access, request, thread_id)
        services.mark_read(found, by=request.user)
    facts = {**facts_on(access), "entry": _entry(access, request, found), "form": form}
    return render(request, "comments/thread.html", facts, status=422 if form.errors else 200)


def _reply(form: ReplyForm, access: Access, where: tuple[Thread, SignedIn]) -> None:
    found, request = where
    answers = "answers" in request.POST
    _, unheard = services.reply(access, found, form.cleaned_data["body"], by=request.user, answers=answers)
    services.mark_read(found, by=request.user)
    say(request, "Your answer is in the margin." if answers else "Your reply is in the margin.", unheard)


@require_POST
def thread_resolution(request: SignedIn, *, reference: str, stage: str, thread_id: int) -> HttpResponse:
    """A thread is closed."""

    def close(access: Access, found: Thread) -> None:
        how = request.POST.get("how", "")
        services.resolve(access, found, How(how) if how in list(How) else None, by=request.user)

    return _done(request, (reference, stage, thread_id), close, told="It is resolved.")


@require_POST
def thread_reopening(request: SignedIn, *, reference: str, stage: str, thread_id: int) -> HttpResponse:
    """A thread is opened again."""

    def reopen(access: Access, found: Thread) -> None:
        services.reopen(access, found, by=request.user)

    return _done(request, (reference, stage, thread_id), reopen, told="It is open again.")


@require_POST
def thread_reading(request: SignedIn, *, reference: str, stage: str) -> HttpResponse:
    """Everything here has been read."""
    access = _access(request, reference, stage)
    for found in threads_of(access, request.user):
        if getattr(found, "unread", 0):
            services.mark_read(found, by=request.user)
    return redirect(_list(access))


@page
def thread_comment(
    request: SignedIn, *, reference: str, stage: str, thread_id: int, number: int
) -> HttpResponse:
    """One's own comment in other words, and what it said before."""
    access, comment = _own_comment(request, (reference, stage, thread_id), number)
    form = CommentForm(sent(request), comment.body, names=_names(access, request, comment.thread))

    def change() -> None:
        _, unheard = services.edit_comment(access, comment, form.cleaned_data["body"], by=request.user)
        say(request, "Your comment has been changed.", unheard)

    if carried_out(form, change):
        return redirect(place_of(access, comment.thread))
    facts = {**facts_on(access), "comment": comment, "form": form}
    return render(request, "comments/thread_comment.html", facts, status=422 if form.errors else 200)


@require_POST
def thread_comment_deletion(
    request: SignedIn, *, reference: str, stage: str, thread_id: int, number: int
) -> HttpResponse:
    """One's own comment is taken back."""
    access, comment = _own_comment(request, (reference, stage, thread_id), number)
    services.delete_comment(comment, by=request.user)
    messages.success(request, "Your comment has been deleted.")
    return redirect(place_of(access, comment.thread))


Where = tuple[str, str, int]


def _done(
    request: SignedIn, where: Where, deed: Callable[[Access, Thread], None], *, told: str
) -> HttpResponse:
    reference, stage, thread_id = where
    access = _access(request, reference, stage)
    found = _thread(access, request, thread_id)
    access_of(request.user, access.document, ability_on(found, Ability.COMMENT))
    deed(access, found)
    messages.success(request, told)
    return redirect(place_of(access, found))


def _own_comment(request: SignedIn, where: Where, number: int) -> tuple[Access, Comment]:
    reference, stage, thread_id = where
    access = _access(request, reference, stage)
    found = _thread(access, request, thread_id)
    access_of(request.user, access.document, ability_on(found, Ability.COMMENT))
    comment = comment_of(found, number)
    services.refuse_unless_own(comment, by=request.user)
    return access, comment


def _access(request: SignedIn, reference: str, stage: str) -> Access:
    ability = Ability.READ_VERSION
    document = stage_document_for(request.user, reference, stage, ability=ability)
    return access_of(request.user, document, ability)


def _thread(access: Access, request: SignedIn, thread_id: int) -> Thread:
    """A thread of this very document; those of others are not found here."""
    found = threads_of(access, request.user).filter(pk=thread_id).first()
    if found is None:
        raise Http404
    found.document = access.document
    return found


def thread_on(request: SignedIn, reference: str, stage: str, *, thread_id: int) -> tuple[Access, Thread]:
    """A thread of a document, for whoever may see it, and who they are to it."""
    access = _access(request, reference, stage)
    return access, _thread(access, request, thread_id)


def _entry(access: Access, request: SignedIn, found: Thread) -> Entry:
    margin = margin_of(request.user, access)
    return next(iter(entries_of([found], margin, _sections(access)).values()))[0]


def _sections(access: Access) -> list[Section]:
    return list(access.document.template.sections.order_by("order"))


def _names(access: Access, request: SignedIn, found: Thread | None = None) -> list[Name]:
    proposal = access.document.proposal
    version = found is not None and is_for_committee(found, proposal)
    return names_for(request.user, proposal, version=version)


def facts_on(access: Access) -> dict[str, object]:
    """What every page of the margin shows."""
    return {"proposal": access.document.proposal, "document": access.document}


def _list(access: Access) -> str:
    return reverse("threads", args=[access.document.proposal.reference, access.document.stage])


def place_of(access: Access, found: Thread) -> str:
    """The page of one thread."""
    return reverse("thread", args=[access.document.proposal.reference, access.document.stage, found.pk])
