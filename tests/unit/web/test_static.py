import json
import re
from pathlib import Path

import pytest

from tracker.settings import PROJECT

STATIC = PROJECT / "tracker" / "static"
DIST = STATIC / "dist"
GOVUK = "6.3.0"
"""What govuk-frontend-jinja 4.1.0 draws its markup for."""


def test_the_look_is_built_from_the_version_that_the_macros_are_made_for() -> None:
    pinned = json.loads((PROJECT / "package.json").read_text())["devDependencies"]["govuk-frontend"]

    assert pinned == GOVUK
    assert f'--govuk-frontend-version: "{GOVUK}"' in (DIST / "tracker.css").read_text()
    assert f'const version="{GOVUK}"' in (DIST / "govuk-frontend.min.js").read_text()


@pytest.mark.parametrize(
    "path", sorted([*DIST.glob("*.css"), *DIST.glob("*.js"), *DIST.glob("*.svg")]), ids=lambda p: p.name
)
def test_nothing_that_belongs_to_gov_uk_alone_is_shipped(path: Path) -> None:
    assert not re.findall(r"transport|crest|crown|@font-face|ofsted", path.read_text(), re.IGNORECASE)


def test_pages_load_nothing_but_what_is_shipped() -> None:
    for path in (DIST / "tracker.css", DIST / "tracker.js", DIST / "govuk-frontend.min.js"):
        text = path.read_text()
        assert "url(" not in text
        assert "sourceMappingURL" not in text
        assert all((DIST / name).exists() for name in re.findall(r'from "\./([^"]+)"', text))


def test_the_licence_of_gov_uk_frontend_is_beside_it() -> None:
    licence = (DIST / "govuk-frontend-LICENCE.txt").read_text()

    assert GOVUK in licence
    assert "The MIT License" in licence


def test_the_look_was_built_after_its_sources_last_changed() -> None:
    """Every class that the sources style is in what was built."""
    built = (DIST / "tracker.css").read_text()
    named = {
        name for part in STATIC.glob("src/parts/*.scss") for name in re.findall(r"\.(app-[\w-]+)", part.read_text())
    }

    assert named
    assert not {name for name in named if not re.search(rf"\.{name}(?![\w-])", built)}


def test_our_script_and_picture_are_the_ones_that_were_built() -> None:
    for name in ("tracker.js", "favicon.svg", "govuk-frontend-LICENCE.txt"):
        assert (DIST / name).read_text() == (STATIC / "src" / name).read_text()


def test_every_class_of_ours_that_a_template_uses_is_styled() -> None:
    built = (DIST / "tracker.css").read_text()
    kit = [*PROJECT.glob("templates/layout/*.html"), *PROJECT.glob("templates/components/*.html")]
    used = {name for path in kit for name in re.findall(r"\bapp-[a-z0-9_-]*[a-z0-9]\b(?!--\{)", path.read_text())}

    assert used
    assert not {name for name in used if f".{name}" not in built}
