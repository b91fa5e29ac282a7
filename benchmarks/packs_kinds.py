"""Every kind of pack of the demonstration made into a folder: ``python -m benchmarks.packs_kinds FOLDER``.

Whole kinds, each profile, a practice example and a self-evaluation with an annex of changes. Prints JSON: by name of
the file its pages, the tables of its HTML and the Table elements of its PDF.
"""

import io
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
from sqlalchemy import select

from reports import build, comparing, html
from reports.contents import PackContents
from tests.demonstration import application_in, loaded_in
from tests.unit.reports.test_build import elements
from tracker.packs import commands, queries
from tracker.packs.profiles import choosing
from tracker.packs.rules import OF_THE_WHOLE_AUTHORITY, PackKind
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.db import db


def contents(authority: Authority) -> Iterator[tuple[str, PackContents]]:
    today = clock.today()
    for kind in OF_THE_WHOLE_AUTHORITY:
        yield kind.value, commands.gathered(authority, kind, on=today)
    example = queries.examples(authority)[0]
    yield "practice-example", commands.gathered(authority, PackKind.PRACTICE_EXAMPLE, example, on=today)
    for profile in queries.profiles(authority):
        name = f"{profile.kind.value} for {profile.name}".replace(" ", "-").lower()
        about = example if profile.kind is PackKind.PRACTICE_EXAMPLE else None
        yield name, commands.gathered(authority, profile.kind, about, on=today, chosen=choosing.chosen(profile))
    kind = PackKind.SELF_EVALUATION
    then = commands.gathered(authority, kind, on=today - timedelta(days=60))
    yield (
        "with-an-annex",
        comparing.with_annex(replace(then, reference="P-98"), commands.gathered(authority, kind, on=today)),
    )


def main() -> None:
    folder, told = Path(sys.argv[1]), {}
    with tempfile.TemporaryDirectory() as place:
        app = application_in(loaded_in(Path(place) / "demonstration"))
        with app.app_context(), app.test_request_context():
            authority = db.session.scalars(select(Authority).where(Authority.slug == "brent")).one()
            for name, gathered in contents(authority):
                told[name] = made(replace(gathered, reference="P-99"), folder / f"{name}.pdf")
            db.session.remove()
            db.engine.dispose()
    print(json.dumps(told))


def made(pack: PackContents, file: Path) -> dict[str, int]:
    document = build.document(pack)
    file.write_bytes(document.file)
    with pikepdf.open(io.BytesIO(document.file)) as pdf:
        tables = len(elements(pdf, "Table"))
    return {"pages": document.pages, "tables": html.source(pack, digest="").count("<table"), "elements": tables}


if __name__ == "__main__":
    main()
