"""The site administration's view of people; the record of deeds can be read there, not written."""

from typing import Any, ClassVar

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.db.models import Model
from django.http import HttpRequest

from workspaces import services, views
from workspaces.models import AuditEntry, Invitation, Mail, Membership, Organisation, Person, Workspace

# One sign-in page for everybody, with its lock after five wrong passwords.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign,no-untyped-call]
# And one way out, which also ends open pages.
admin.site.logout = views.SignOutView.as_view()  # type: ignore[method-assign,assignment]
admin.site.site_header = admin.site.site_title = "coprod"


class ReadOnly:
    """Rows that only services write."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:  # noqa: ARG002
        return False


class Heard(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """Rows that decide who somebody is here: the pages they have open hear of a change at once."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        """The administration calls this after every change, that of a password included."""
        person = obj.person_id if isinstance(obj, Membership) else obj.pk
        services.changed_by_administration(person)
        return super().log_change(request, obj, message)


@admin.register(Person)
class PersonAdmin(Heard, UserAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("name", "email", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    search_fields = ("name", "email")
    ordering = ("name",)
    readonly_fields = ("last_login", "created_at")
    filter_horizontal = ()
    fieldsets: ClassVar = (
        (None, {"fields": ("email", "name", "password")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("When", {"fields": ("last_login", "created_at")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "password1", "password2")}),)


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("name", "slug")
    search_fields = ("name",)
    prepopulated_fields: ClassVar = {"slug": ("name",)}


@admin.register(Workspace)
class WorkspaceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("name", "organisation", "reference_prefix")
    list_filter = ("organisation",)
    search_fields = ("name",)
    prepopulated_fields: ClassVar = {"slug": ("name",)}


@admin.register(Membership)
class MembershipAdmin(Heard):
    """The first members of a workspace are put here; the others come by invitation."""

    list_display = ("person", "workspace", "side", "title", "is_admin", "ended_at")
    list_filter = ("workspace", "side", "is_admin")
    search_fields = ("person__name", "person__email")
    readonly_fields = ("joined_at", "ended_at")


@admin.register(Invitation)
class InvitationAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("email", "workspace", "side", "invited_by", "expires_at", "accepted_at", "revoked_at")
    list_filter = ("workspace",)
    search_fields = ("email",)
    exclude = ("token",)  # whoever holds it can become that person


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("at", "by", "verb", "target", "workspace", "number")
    list_filter = ("verb", "workspace")
    date_hierarchy = "at"


@admin.register(Mail)
class MailAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """What has left, and what has not and why; never what it says."""

    list_display = ("to", "state", "created_at", "leaves_at", "sent_at", "attempts", "reason")
    list_filter = ("state",)
    search_fields = ("to",)
    date_hierarchy = "created_at"
    exclude = ("subject", "text", "html")
