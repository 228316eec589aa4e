"""People, where they work, who is paired with whom, and who sits on which committee."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q

from workspaces.domain.pairing import Side

SIDES = [(side.value, side.label) for side in Side]


class People(BaseUserManager["Person"]):
    """How accounts are made; email addresses are compared without case."""

    def create_user(self, email: str, password: str | None = None, **facts: object) -> "Person":
        person = self.model(email=email.strip().lower(), **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **facts: object) -> "Person":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **facts)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone with an account. The email address is the sign-in name."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Organisation(models.Model):
    """A trust or other body; people in one never see another's work."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(unique=True)

    def __str__(self) -> str:
        return self.name


class Workspace(models.Model):
    """Where the members of one part of an organisation keep their proposals."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="workspaces")
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    reference_prefix = models.CharField(
        max_length=8, help_text="Starts each proposal's reference, as MB in MB-2026-017."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's place in a workspace. Ended memberships stay as history."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    side = models.CharField(max_length=20, choices=SIDES)
    title = models.CharField(max_length=120, blank=True, help_text="Job title, as colleagues know it.")
    is_admin = models.BooleanField(default=False, help_text="May invite people and end memberships.")
    joined_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "person"], condition=Q(ended_at=None), name="one_open_membership"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.workspace}"


class Invitation(models.Model):
    """An offer of membership, sent to an email address; used once."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    side = models.CharField(max_length=20, choices=SIDES)
    token = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.email} to {self.workspace}"


class Pair(models.Model):
    """One clinician and one manager who write a proposal as equals. It stands once both have accepted."""

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="pairs")
    clinician = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="pairs_as_clinician")
    manager = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="pairs_as_manager")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    clinician_accepted_at = models.DateTimeField(null=True, blank=True)
    manager_accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.clinician.person} and {self.manager.person}"

    @property
    def stands(self) -> bool:
        """Both halves have accepted and neither has left."""
        return bool(self.clinician_accepted_at and self.manager_accepted_at and not self.ended_at)


class Deputy(models.Model):
    """Someone who may write for one half of a pair between two dates (both included)."""

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="deputies")
    side = models.CharField(max_length=20, choices=SIDES)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="deputyships")
    starts_on = models.DateField()
    ends_on = models.DateField()
    appointed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.membership.person} for the {self.side}"


class Committee(models.Model):
    """A body of the organisation that decides on proposals, within a limit that was delegated to it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="committees")
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    # Whole pounds over the whole life of a scheme; empty: no limit.
    revenue_limit = models.PositiveBigIntegerField(null=True, blank=True)
    capital_limit = models.PositiveBigIntegerField(null=True, blank=True)
    limits_source = models.CharField(
        max_length=300, blank=True, help_text="Where the limits are laid down, with its date."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A person's place on a committee. Ended seats stay as history."""

    CHAIR, SECRETARY, MEMBER = "chair", "secretary", "member"
    ROLES: ClassVar = [(CHAIR, "Chair"), (SECRETARY, "Secretary"), (MEMBER, "Member")]
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20, choices=ROLES)
    given_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["committee", "person"], condition=Q(ended_at=None), name="one_open_seat"
            ),
            models.UniqueConstraint(
                fields=["committee"], condition=Q(ended_at=None, role="chair"), name="one_chair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role} of {self.committee}"
