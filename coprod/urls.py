"""Addresses of pages and JSON; one include for each wing."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
