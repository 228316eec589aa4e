"""Addresses of the margin, as pages and as JSON."""

from django.urls import URLPattern, URLResolver, path

from proposals.comments.api import views as api

THREAD = "api/threads/<int:thread_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/documents/<int:document_id>/threads/", api.ThreadsView.as_view(), name="api_threads"),
    path(THREAD, api.ThreadView.as_view(), name="api_thread"),
    path(f"{THREAD}comments/", api.CommentsView.as_view(), name="api_thread_comments"),
    path(f"{THREAD}comments/<int:number>/", api.CommentView.as_view(), name="api_thread_comment"),
    path(f"{THREAD}resolution/", api.ResolutionView.as_view(), name="api_thread_resolution"),
    path(f"{THREAD}anchor/", api.AnchorView.as_view(), name="api_thread_anchor"),
    path(f"{THREAD}reading/", api.ReadingView.as_view(), name="api_thread_reading"),
]
