"""Template files as rows."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from proposals.portfolio import templates
from proposals.portfolio.domain.pathway import BadTemplateError
from proposals.portfolio.models import Section, Template

CONCEPT = templates.PATHWAY / "concept-2026-1.toml"


@pytest.mark.django_db
def test_a_fresh_database_has_the_concept() -> None:
    """[PF20] Dated, with its source, and ten sections in order."""
    templates.load()
    template = Template.objects.get(stage="concept", version="2026.1")
    assert template.source
    assert template.valid_from.year == 2026
    assert [(each.stage, each.version) for each in Template.objects.order_by("pk")] == [
        ("concept", "2026.1"),
        ("concept", "2026.2"),
        ("business_case", "2026.1"),
        ("evaluation", "2026.1"),
    ]
    sections = list(template.sections.all())
    assert [section.order for section in sections] == list(range(1, 11))
    people = template.sections.get(key="people")
    assert people.roots == ["t:people", "f:people", "r:people"]
    assert template.sections.get(key="aim").roots == ["f:aim"]


@pytest.mark.django_db
def test_loading_twice_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """[PF21] The command can be run as often as one likes."""
    templates.load()
    before = list(Section.objects.order_by("pk").values())
    call_command("load_templates")
    assert "Nothing new" in capsys.readouterr().out
    assert list(Section.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_a_published_version_never_changes(tmp_path: Path) -> None:
    """[PF21] The same version with other words is refused, whole."""
    templates.load()
    changed = tmp_path / "concept.toml"
    changed.write_text(CONCEPT.read_text("utf-8").replace("word_limit = 120", "word_limit = 90"))
    with pytest.raises(CommandError, match="A published version never changes"):
        call_command("load_templates", str(changed))
    assert Section.objects.get(template__version="2026.1", key="summary").word_limit == 120


@pytest.mark.django_db
def test_a_new_version_stands_beside_the_old(tmp_path: Path) -> None:
    """[PF21] A new version is a new template."""
    templates.load()
    newer = tmp_path / "newer.toml"
    newer.write_text(CONCEPT.read_text("utf-8").replace('version = "2026.1"', 'version = "9"'))
    assert templates.load([newer]) == ["newer.toml"]
    assert Template.objects.filter(stage="concept").count() == 3


@pytest.mark.django_db
def test_one_file_at_fault_and_nothing_is_written(tmp_path: Path) -> None:
    """[PF22] The right file beside it waits until all are right."""
    good, bad = tmp_path / "a.toml", tmp_path / "b.toml"
    good.write_text(CONCEPT.read_text("utf-8").replace('version = "2026.1"', 'version = "9"'))
    bad.write_text("stage = ")
    with pytest.raises(BadTemplateError, match=r"^b\.toml: "):
        templates.load([good, bad])
    assert not Template.objects.filter(version="9").exists()
