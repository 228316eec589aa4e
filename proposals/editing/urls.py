"""Addresses of a document: editor, reading page, Markdown and JSON."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
