"""The site administration keeps how long closed proposals stay before they go to the archive."""

from django.contrib import admin

from proposals.workflow.models import Retention


@admin.register(Retention)
class RetentionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("years", "valid_from", "source")
