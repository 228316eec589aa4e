"""Addresses under a proposal: starting one, its pair, supporters and title."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
