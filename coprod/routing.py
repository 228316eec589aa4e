"""Addresses of the sockets."""

from typing import Any

from django.urls import path, re_path

from proposals.editing.consumer import DocumentConsumer, NoticeConsumer, NowhereConsumer

document: Any = DocumentConsumer.as_asgi()
notices: Any = NoticeConsumer.as_asgi()
nowhere: Any = NowhereConsumer.as_asgi()

# Channels routes by Django's patterns, whose types know only views.
websocket_urlpatterns: list[Any] = [
    path("ws/documents/<str:epoch>", document),
    path("ws/notices", notices),
    re_path("", nowhere),
]
