"""The site administration keeps committees and their limits; it reads decisions and writes none."""

from typing import ClassVar

from django.contrib import admin

from proposals.review.models import Condition, Decision
from workspaces.admin import ReadOnly
from workspaces.models import Committee, Seat


@admin.register(Committee)
class CommitteeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("name", "organisation", "parent", "revenue_limit", "capital_limit")
    list_filter = ("organisation",)
    search_fields = ("name",)
    prepopulated_fields: ClassVar = {"slug": ("name",)}


@admin.register(Seat)
class SeatAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("committee", "person", "role", "given_at", "ended_at")
    list_filter = ("committee", "role")


@admin.register(Decision)
class DecisionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("proposal", "stage", "kind", "committee", "chaired_by", "recorded_by", "at")
    list_filter = ("committee", "kind", "stage")


@admin.register(Condition)
class ConditionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("decision", "number", "owner", "due", "before_start", "discharged_at")
    list_filter = ("before_start",)
