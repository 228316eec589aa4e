"""From here on no entry stands outside a chain."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workspaces", "0004_audit_chain")]
    operations = [
        migrations.AlterField(
            "auditentry",
            "head",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="workspaces.audithead",
            ),
        ),
        migrations.AlterField(
            "auditentry",
            "number",
            models.PositiveBigIntegerField(help_text="1, 2, 3 … within the chain"),
        ),
        migrations.AlterField(
            "auditentry",
            "previous",
            models.CharField(blank=True, help_text="seal of the entry before", max_length=64),
        ),
        migrations.AlterField("auditentry", "seal", models.CharField(max_length=64)),
        migrations.AddConstraint(
            "auditentry", models.UniqueConstraint(fields=["head", "number"], name="one_entry_number")
        ),
    ]
