"""Addresses of the margin, as pages and as JSON."""

from django.urls import URLPattern, URLResolver, path

from proposals.comments.api import views as api
from proposals.comments.views import moderation, notes, versions
from proposals.comments.views import threads as views

# `stage` is a converter of the wing below, whose addresses these pages stand under.
DOCUMENT = "proposals/<str:reference>/<stage:stage>/"
PAGE = f"{DOCUMENT}threads/<int:thread_id>/"
THREAD = "api/threads/<int:thread_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{DOCUMENT}threads/", views.threads, name="threads"),
    path(f"{DOCUMENT}threads/reading/", views.thread_reading, name="threads_reading"),
    path(f"{DOCUMENT}text/notes/", notes.text_notes, name="text_notes"),
    path(f"{DOCUMENT}text/notes.md", notes.text_notes_markdown, name="text_notes_markdown"),
    path(PAGE, views.thread, name="thread"),
    path(f"{PAGE}resolution/", views.thread_resolution, name="thread_resolution"),
    path(f"{PAGE}reopening/", views.thread_reopening, name="thread_reopening"),
    path(f"{PAGE}comments/<int:number>/", views.thread_comment, name="thread_comment"),
    path(
        f"{PAGE}comments/<int:number>/deletion/",
        views.thread_comment_deletion,
        name="thread_comment_deletion",
    ),
    path(f"{DOCUMENT}versions/<int:number>/", versions.version, name="version"),
    path(f"{PAGE}kind/", moderation.thread_kind, name="thread_kind"),
    path(f"{PAGE}comments/<int:number>/hiding/", moderation.comment_hiding, name="comment_hiding"),
    path(f"{PAGE}comments/<int:number>/showing/", moderation.comment_showing, name="comment_showing"),
    path("api/documents/<int:document_id>/threads/", api.ThreadsView.as_view(), name="api_threads"),
    path("api/documents/<int:document_id>/names/", api.NamesView.as_view(), name="api_names"),
    path(THREAD, api.ThreadView.as_view(), name="api_thread"),
    path(f"{THREAD}comments/", api.CommentsView.as_view(), name="api_thread_comments"),
    path(f"{THREAD}comments/<int:number>/", api.CommentView.as_view(), name="api_thread_comment"),
    path(f"{THREAD}comments/<int:number>/hiding/", api.HidingView.as_view(), name="api_thread_hiding"),
    path(f"{THREAD}resolution/", api.ResolutionView.as_view(), name="api_thread_resolution"),
    path(f"{THREAD}anchor/", api.AnchorView.as_view(), name="api_thread_anchor"),
    path(f"{THREAD}reading/", api.ReadingView.as_view(), name="api_thread_reading"),
]
