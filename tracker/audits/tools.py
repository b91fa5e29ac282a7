"""The audit tools of ``seed/audit_tools/``, read once, and those that an authority published itself.

Both are checked against their framework and held unchanged.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from pydantic import ValidationError

from tracker.audits.authoring import queries as authoring
from tracker.audits.authoring.rules import OWN
from tracker.audits.facts import AGE_BANDS, LEGAL_STATUSES
from tracker.audits.schema import Domain, ScaleKind, Tool
from tracker.frameworks import queries as frameworks
from tracker.frameworks.library import Library, WrongFile
from tracker.frameworks.schema import Framework
from tracker.platform.errors import Refused
from tracker.platform.lists import listed
from tracker.settings import SEED


@dataclass(frozen=True)
class Toolbox:
    """Every version of every tool."""

    versions: Mapping[tuple[str, int], Tool]
    retired: frozenset[str] = frozenset()
    """Ids of tools that are offered no more."""

    def tool(self, tool_id: str, version: int) -> Tool:
        """A tool as it was when an audit was answered with it."""
        try:
            return self.versions[tool_id, version]
        except KeyError:
            raise Refused(f"There is no audit tool {tool_id!r} with version {version}") from None

    @property
    def latest(self) -> tuple[Tool, ...]:
        """The newest version of each tool, by name: what a new audit can be started with."""
        return tuple(tool for tool in self._newest if not tool.is_lens and tool.id not in self.retired)

    @property
    def lenses(self) -> tuple[Tool, ...]:
        """The newest version of each lens, by name: what can be added to an audit."""
        return tuple(tool for tool in self._newest if tool.is_lens and tool.id not in self.retired)

    @property
    def every(self) -> tuple[Tool, ...]:
        """As ``latest``, with those that are offered no more: what an audit can have been made with."""
        return tuple(tool for tool in self._newest if not tool.is_lens)

    @property
    def every_lens(self) -> tuple[Tool, ...]:
        return tuple(tool for tool in self._newest if tool.is_lens)

    def offered(self, tool_id: str) -> Tool:
        """As ``newest``, of a tool that something new may be begun with."""
        tool = self.newest(tool_id)
        if tool.id in self.retired:
            raise Refused(f"{tool.name} is offered no more. Choose another tool, or have it offered again.")
        return tool

    def newest(self, tool_id: str) -> Tool:
        for tool in self._newest:
            if tool.id == tool_id:
                return tool
        raise Refused(f"There is no audit tool {tool_id!r}. Choose one from the list.")

    @property
    def _newest(self) -> tuple[Tool, ...]:
        newest: dict[str, Tool] = {}
        for tool in self.versions.values():
            if tool.id not in newest or tool.version > newest[tool.id].version:
                newest[tool.id] = tool
        return tuple(sorted(newest.values(), key=lambda tool: tool.name))


def carried(authority_id: UUID, lenses: str) -> tuple[Tool, ...]:
    """The lenses that an audit carries, as ``carrying`` wrote them down."""
    parts = [one.partition("@") for one in lenses.split()]
    return tuple(tool(authority_id, lens_id, int(version)) for lens_id, _, version in parts)


def carrying(lenses: Sequence[Tool]) -> str:
    """Lenses and their versions as an audit keeps them: "equity-lens@1"."""
    return " ".join(f"{lens.id}@{lens.version}" for lens in lenses)


@cache
def toolbox(folder: Path = SEED / "audit_tools") -> Toolbox:
    """The tools this process uses. Raises WrongFile, naming the file and the place in it."""
    return load(folder, frameworks.library())


def load(folder: Path, library: Library) -> Toolbox:
    versions: dict[tuple[str, int], Tool] = {}
    for path in sorted(folder.glob("*.yaml")):
        tool = _tool(path, library)
        if (tool.id, tool.version) in versions:
            raise WrongFile(f"{path.name}: there is a version {tool.version} of {tool.id} already")
        versions[tool.id, tool.version] = tool
    if not versions:
        raise WrongFile(f"There is no audit tool in {folder}")
    return Toolbox(versions)


def _tool(path: Path, library: Library) -> Tool:
    content = _read(path)
    try:
        return understood(content, library)
    except Refused as refused:
        raise WrongFile(f"{path.name} cannot be used. {refused}") from refused


def _read(path: Path) -> object:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongFile(f"{path.name} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongFile(f"{path.name} is not YAML: {' '.join(str(error).split())}") from error


def understood(content: object, library: Library) -> Tool:
    """A tool from what a file or a row says of it, checked against its framework. Raises Refused, naming the place."""
    try:
        tool = Tool.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(str(step) for step in first["loc"]) or "the tool as a whole"
        message = "this key is not known" if first["type"] == "extra_forbidden" else first["msg"]
        message = message.removeprefix("Value error, ")
        raise Refused(f"At {place}: {message}") from error
    tool = _with_words(tool, library.framework(tool.framework))
    _agrees(tool, library)
    return tool


def written(tool: Tool) -> Mapping[str, Any]:
    """A tool as a file or a row keeps it, to be understood again: without the words that its scale stands for."""
    own = tool.scale.kind is ScaleKind.OWN
    bare = tool.model_copy(update={"scale": tool.scale if own else tool.scale.model_copy(update={"grades": ()})})
    return bare.model_dump(mode="json", exclude_defaults=True)


def as_yaml(tool: Tool) -> str:
    """The file of a tool, as ``load`` reads it."""
    return str(yaml.safe_dump(written(tool), sort_keys=False, allow_unicode=True, width=120))


def as_json(tool: Tool) -> str:
    return json.dumps(written(tool), ensure_ascii=False)


@lru_cache(maxsize=1_000)
def from_json(content: str) -> Tool:
    """A tool as ``as_json`` wrote it. Kept by its very content, so nothing can go stale."""
    return understood(json.loads(content), frameworks.library())


def of(authority_id: UUID) -> Toolbox:
    """Every version of every tool that an authority can have used: those shipped and its own; one statement."""
    found = authoring.published(authority_id)
    own = {(tool.id, tool.version): tool for tool in map(from_json, found.contents)}
    return Toolbox({**toolbox().versions, **own}, found.retired)


def tool(authority_id: UUID, tool_id: str, version: int) -> Tool:
    """One version of a tool, an authority's own or one that was shipped."""
    return _own(authority_id, tool_id, version) if tool_id.startswith(OWN) else toolbox().tool(tool_id, version)


@lru_cache(maxsize=1_000)
def _own(authority_id: UUID, tool_id: str, version: int) -> Tool:
    """Read once: a published version never changes."""
    content = authoring.content(authority_id, tool_id, version)
    if content is None:
        raise Refused(f"There is no audit tool {tool_id!r} with version {version}")
    return from_json(content)


def _with_words(tool: Tool, framework: Framework) -> Tool:
    """The tool with the grades that its scale stands for."""
    return tool.model_copy(update={"scale": tool.scale.worded(framework.scale)})


def _agrees(tool: Tool, library: Library) -> None:
    """Every area, theme and grade that the file speaks of exists."""
    for area in tool.areas:
        library.area(tool.framework, area)
    for theme in filter(None, (tool.theme, *_themes(tool.domains))):
        library.theme(theme, tool.framework)
    for code in tool.grades_named:
        tool.grade(code)
    _agrees_with_facts(tool)


def _agrees_with_facts(tool: Tool) -> None:
    """Every age and legal status that a rule names is one that an audit can have."""
    asked = [domain.applies for domain in tool.domains]
    asked += [question.applies for domain in tool.domains for question in domain.questions]
    for word in (word for applies in asked for word in applies.ages if word not in AGE_BANDS):
        raise Refused(f"There is no age band {word!r}. There are: {listed(AGE_BANDS)}.")
    for word in (word for applies in asked for word in applies.legal_statuses if word not in LEGAL_STATUSES):
        raise Refused(f"There is no legal status {word!r}. There are: {listed(LEGAL_STATUSES)}.")


def _themes(domains: tuple[Domain, ...]) -> list[str]:
    return [theme for domain in domains for theme in domain.themes]
