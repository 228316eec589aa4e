"""Publish the templates of all stages, and limits to start from."""

from datetime import date

from django.db import migrations

from proposals.portfolio.domain.pathway import read
from proposals.portfolio.templates import PATHWAY, publish

FILES = ("concept-2026-2.toml", "business_case-2026-1.toml", "evaluation-2026-1.toml")
SOURCE = "An example to start from. Put the figures of your own scheme of delegation in its place."
# Invented: every organisation has its own.
LIMITS = {"team": 25_000, "division": 100_000, "executive": 500_000, "committee": 1_000_000}


def templates(apps, schema_editor):
    rows = (apps.get_model("portfolio", "Template"), apps.get_model("portfolio", "Section"))
    for name in FILES:
        publish(read((PATHWAY / name).read_text("utf-8"), name), name, rows=rows)


def limits(apps, schema_editor):
    rows = apps.get_model("portfolio", "DelegationLimit").objects
    for level, pounds in LIMITS.items():
        facts = {"revenue": pounds, "capital": pounds, "source": SOURCE}
        rows.get_or_create(level=level, valid_from=date(2026, 1, 1), organisation=None, defaults=facts)


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0006_structured_sections")]
    operations = [
        migrations.RunPython(templates, migrations.RunPython.noop),
        migrations.RunPython(limits, migrations.RunPython.noop),
    ]
