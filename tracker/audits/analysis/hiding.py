"""Which teams and areas may be shown: few grades never, and none from which few could be worked out. Pure.

A table by team and one by area are of the same audits, so both are looked at together, whichever of them is shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.audits.analysis.pictures import Line
from tracker.audits.analysis.rules import Portion
from tracker.audits.summaries.rules import By
from tracker.platform.statistics import two_ways
from tracker.platform.statistics.two_ways import Cell, Counts, Hidden


@dataclass(frozen=True)
class Hiding:
    """For one span of months."""

    cells: Mapping[Cell, Counts]
    listed: Collection[str]
    """Teams that a page lists; audits of none, or of one that is gone, are in the totals alone."""
    smallest: int

    def of(self, by: By, members: Mapping[str, Portion]) -> Collection[str]:
        """Those teams, or areas, whose grades are not shown; all where the counts of both do not agree."""
        if self.smallest <= 1:
            return ()
        counted = self._counted(by)
        if any(counted.get(member, (0, 0)) != (good.part, good.whole) for member, good in members.items()):
            return list(members)
        found = self._hidden()
        return found.rows if by is By.TEAM else found.columns

    def _counted(self, by: By) -> Mapping[str, Counts]:
        sums: dict[str, Counts] = {}
        for cell, (part, whole) in self.cells.items():
            name = cell[0] if by is By.TEAM else cell[1]
            before = sums.get(name, (0, 0))
            sums[name] = before[0] + part, before[1] + whole
        return sums

    def _hidden(self) -> Hidden:
        unlisted = {team for team, _ in self.cells} - set(self.listed)
        return two_ways.hidden(self.cells, self.smallest, unlisted=unlisted)


def protected(hiding: Hiding, by: By, lines: Sequence[Line]) -> list[Line]:
    """The lines of all teams or areas, those that are not shown said to be."""
    unshown = hiding.of(by, {line.member: line.figures.good for line in lines})
    return [replace(line, shown=line.member not in unshown) for line in lines]
