"""Every environment variable the settings read is explained to whoever installs coprod."""

import re

from tests.architecture.sources import ROOT


def test_every_variable_is_in_the_deployment_page() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "coprod/settings.py").read_text()))
    page = (ROOT / "docs/deploy.md").read_text()
    assert {name for name in read if f"`{name}`" not in page} == set()
