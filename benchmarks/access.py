"""Every door tried by everybody: each route, each role, each identifier of another authority. None may open wrongly."""

import tempfile
from pathlib import Path

from tests import access
from tests.demonstration import loaded_in

TARGET = "0"


def run() -> tuple[str, str, bool]:
    """How many doors were tried and how many let somebody through that should not have."""
    with tempfile.TemporaryDirectory() as folder:
        demonstration, place = Path(folder) / "demonstration", Path(folder) / "two"
        place.mkdir()
        with access.two_authorities_in(loaded_in(demonstration), place) as two:
            parts = {
                "routes and roles": access.doors(two),
                "identifiers in addresses": access.identifiers(two),
                "identifiers in forms": access.fields(two),
            }
            reached = two.reached()
    wrong = [*reached, *(one for tried in parts.values() for one in tried.let_through)]
    for name, tried in parts.items():
        print(f"{name}: {tried.number} tried")
    print("\n".join(wrong), end="\n" if wrong else "")
    number = sum(tried.number for tried in parts.values())
    return f"{number} tried, {len(wrong)} let through", TARGET, not wrong
