"""Which packs that were made list a piece of evidence in their register."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from tracker.evidence.leaning import Leaning
from tracker.packs.models import Pack
from tracker.people.models import Authority
from tracker.platform.db import db


def on_evidence(authority: Authority, references: Sequence[str]) -> Mapping[str, Sequence[Leaning]]:
    """Packs whose file was made, newest first. Their contents are read one at a time: they are long."""
    wanted, leaning = set(references), defaultdict(list)
    made = (
        select(Pack.number, Pack.title, Pack.contents)
        .where(Pack.authority_id == authority.id, Pack.file_sha256.is_not(None))
        .order_by(Pack.number.desc())
    )
    for number, title, contents in db.session.execute(made.execution_options(yield_per=1)):
        for reference in wanted & set(_references(contents)):
            leaning[reference].append(
                Leaning(f"{Pack.prefix}-{number}", title, "Pack, made", "Listed in its register", fixed=True)
            )
    return leaning


def _references(part: Any) -> Iterator[str]:
    """Every reference that a part of frozen contents stands under."""
    if isinstance(part, Mapping):
        if isinstance(part.get("reference"), str):
            yield part["reference"]
        for each in part.values():
            yield from _references(each)
    elif isinstance(part, list):
        for each in part:
            yield from _references(each)
