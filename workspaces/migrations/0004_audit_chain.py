"""Bind the record into chains; what stands in it already is bound in the order in which it was written."""

import django.db.models.deletion
from django.db import migrations, models

from workspaces.domain.chain import Link, seal


def bind(apps, schema_editor):
    heads = {}
    for entry in apps.get_model("workspaces", "AuditEntry").objects.order_by("pk").iterator():
        chain = f"workspace:{entry.workspace_id}" if entry.workspace_id else "elsewhere"
        head = heads.get(chain) or apps.get_model("workspaces", "AuditHead")(chain=chain, number=0, seal="")
        heads[chain] = head
        link = Link(
            number=head.number + 1,
            previous=head.seal,
            at=entry.at,
            by=entry.by_id,
            workspace=entry.workspace_id,
            verb=entry.verb,
            target=entry.target,
            facts=entry.facts,
        )
        head.number, head.seal = link.number, seal(link)
        head.save()
        entry.head, entry.number, entry.previous, entry.seal = head, link.number, link.previous, head.seal
        entry.save()


class Migration(migrations.Migration):
    dependencies = [("workspaces", "0003_news")]
    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chain", models.CharField(max_length=40, unique=True)),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("seal", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.AlterField("auditentry", "at", models.DateTimeField()),
        migrations.AddField(
            "auditentry",
            "head",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="workspaces.audithead",
            ),
        ),
        migrations.AddField("auditentry", "number", models.PositiveBigIntegerField(default=0)),
        migrations.AddField("auditentry", "previous", models.CharField(blank=True, max_length=64)),
        migrations.AddField("auditentry", "seal", models.CharField(default="", max_length=64)),
        migrations.RunPython(bind, migrations.RunPython.noop),
    ]
