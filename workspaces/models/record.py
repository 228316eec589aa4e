"""The record of what people did, entry by entry in one chain for each workspace."""

from typing import ClassVar

from django.db import models

from workspaces.models.people import Person, Workspace


class AuditHead(models.Model):
    """Where a chain of entries ends: "workspace:7" for each workspace, "elsewhere" for deeds outside any."""

    chain = models.CharField(max_length=40, unique=True)
    number = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.chain


class AuditEntry(models.Model):
    """What somebody did, when, to what. Written only by `audit.record`; never typing, never presence.

    Each entry is sealed together with the seal of the one before it in its workspace (domain/chain.py), so
    `manage.py verify_audit` finds whatever was changed, left out or cut off afterwards.
    """

    head = models.ForeignKey(AuditHead, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField(help_text="1, 2, 3 … within the chain")
    previous = models.CharField(max_length=64, blank=True, help_text="seal of the entry before")
    seal = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    workspace = models.ForeignKey(Workspace, null=True, on_delete=models.PROTECT, related_name="audit")
    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["head", "number"], name="one_entry_number")]
        # Every history asks for what was done to one thing, the newest last.
        indexes: ClassVar = [models.Index(fields=["target", "at"], name="entries_of_a_target")]

    def __str__(self) -> str:
        return f"{self.verb} {self.target}"
