"""What teams, areas, domains and themes are called, by what the counts know them by."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.audits import tools
from tracker.audits.summaries.rules import By
from tracker.frameworks import queries as frameworks
from tracker.people import queries as people
from tracker.people.models import Authority


@dataclass(frozen=True)
class Names:
    """Names by member, in the order in which people look for them."""

    by: Mapping[By, Mapping[str, str]]
    themes_of: Mapping[str, tuple[str, ...]]
    """Domain, as the counts know it, to the themes that it bears on."""

    def of(self, by: By) -> Mapping[str, str]:
        return self.by.get(by, {})


def names_of(authority: Authority) -> Names:
    """Two statements: only teams and some tools are an authority's own."""
    areas: dict[str, str] = {}
    themes: dict[str, str] = {}
    domains: dict[str, str] = {}
    bears_on: dict[str, tuple[str, ...]] = {}
    library = frameworks.library()
    for tool in sorted(tools.of(authority.id).versions.values(), key=lambda one: (one.name, -one.version)):
        for area in library.framework(tool.framework).judged_areas:
            areas.setdefault(area.code, area.short_name)
        for domain in tool.domains:
            domains.setdefault(f"{tool.id}/{domain.code}", f"{domain.label} ({tool.short_name.lower()})")
            key = f"{tool.id}/{domain.code}"
            bears_on[key] = (*bears_on.get(key, ()), *domain.themes)
            for code in domain.themes:
                themes.setdefault(code, f"{code} {library.theme(code, tool.framework).theme.name}")
        if tool.theme:
            themes.setdefault(tool.theme, f"{tool.theme} {library.theme(tool.theme, tool.framework).theme.name}")
    teams = {str(team.id): team.name for team in people.teams(authority)}
    return Names(
        {
            By.TEAM: teams,
            By.AREA: areas,
            By.DOMAIN: domains,
            By.THEME: dict(sorted(themes.items())),
        },
        bears_on,
    )
