"""The site administration's view of what may be decided where."""

from typing import ClassVar

from django.contrib import admin

from proposals.portfolio.models import DelegationLimit


@admin.register(DelegationLimit)
class DelegationLimitAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """A new limit is a new row with its first day; older rows stay, for what was decided under them."""

    list_display = ("level", "organisation", "revenue", "capital", "valid_from", "source")
    list_filter = ("organisation", "level")
    ordering: ClassVar = ["organisation__name", "level", "-valid_from"]
