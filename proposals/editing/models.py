"""The log of every document: epochs, updates, checkpoints, owners of client ids; and versions kept of it."""

import uuid
from typing import ClassVar

from django.db import models

from proposals.portfolio.models import Document, Template
from workspaces.models import Person


class Epoch(models.Model):
    """One unbroken history of a document. Freezing closes it; going on opens the next."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="epochs")
    number = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    head = models.BigIntegerField(default=0, help_text="seq of the newest update")
    size = models.BigIntegerField(
        default=0,
        help_text="bytes of all updates since the last checkpoint, and that checkpoint",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="one_epoch_number")
        ]

    def __str__(self) -> str:
        return f"{self.document} epoch {self.number}"


class Update(models.Model):
    """A Yjs update (V1 bytes) as it was accepted. The log is the truth; rows are only ever added.

    One is written for every keystroke, so it has the one index that it is read by, and no number besides seq.
    """

    pk = models.CompositePrimaryKey("epoch", "seq")
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="updates", db_index=False)
    seq = models.BigIntegerField()
    data = models.BinaryField()
    by = models.ForeignKey(
        Person,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="empty: the server",
    )
    at = models.DateTimeField()
    seal = models.BinaryField(default=b"", help_text="binds it to the row before it: domain/seals.py")

    def __str__(self) -> str:
        return f"{self.epoch_id} {self.seq}"


class ClientBinding(models.Model):
    """A Yjs client id belongs to the first person who writes with it, for the whole epoch."""

    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="bindings")
    client_id = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["epoch", "client_id"], name="one_owner_a_client")
        ]

    def __str__(self) -> str:
        return f"{self.client_id} is {self.person_id}"


class Checkpoint(models.Model):
    """The merged bytes of an epoch's updates up to and including one seq."""

    epoch = models.OneToOneField(Epoch, on_delete=models.PROTECT, related_name="checkpoint")
    upto = models.BigIntegerField()
    data = models.BinaryField()
    seal = models.BinaryField(default=b"", help_text="of the last row that was folded")
    proof = models.BinaryField(default=b"", help_text="binds the bytes to that seal")

    def __str__(self) -> str:
        return f"{self.epoch_id} up to {self.upto}"


class Quarantine(models.Model):
    """Rows of a log that the scribe could not read, from `first` to `last`. They stay in the log."""

    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="quarantines")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    reason = models.CharField(max_length=60)
    found_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="put back, or left behind")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["epoch", "first"], condition=models.Q(ended_at=None), name="one_quarantine_a_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.epoch_id} rows {self.first} to {self.last}"

    def holds(self, seq: int) -> bool:
        return self.first <= seq <= self.last


class Rendering(models.Model):
    """What an epoch's document said at one seq, as the scribe read it; made anew once the log moved on."""

    epoch = models.OneToOneField(Epoch, on_delete=models.CASCADE, related_name="rendering")
    seq = models.BigIntegerField()
    # As domain/content.py writes it: texts as Markdown by section, forms by field, registers by row.
    content = models.JSONField()
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.epoch_id} at {self.seq}"


class FrozenVersion(models.Model):
    """What a document said at one seq, kept for good. Rows are only ever added."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(help_text="1, 2, 3 … within the document")
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="versions")
    seq = models.BigIntegerField()
    closes = models.BooleanField(help_text="The epoch ended with it: this is what was submitted.")
    title = models.CharField(max_length=120, blank=True, help_text="what its author called it")
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="+")
    # The very text whose sha256 is below; domain/canonical.py writes it and docs/spec/epochs.md describes it.
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)
    markdown = models.TextField()
    # [{"number": "3.2", "section": "problem", "text": "…"}, …]
    paragraphs = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_number"),
            models.UniqueConstraint(
                fields=["epoch"], condition=models.Q(closes=True), name="one_closing_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} version {self.number}"
