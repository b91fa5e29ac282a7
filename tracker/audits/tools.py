"""The audit tools of ``seed/audit_tools/``, read once, checked against their framework, and held unchanged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from tracker.audits.facts import AGE_BANDS, LEGAL_STATUSES
from tracker.audits.schema import Domain, Tool
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

    def tool(self, tool_id: str, version: int) -> Tool:
        """A tool as it was when an audit was answered with it."""
        try:
            return self.versions[tool_id, version]
        except KeyError:
            raise Refused(f"There is no audit tool {tool_id!r} with version {version}") from None

    @property
    def latest(self) -> tuple[Tool, ...]:
        """The newest version of each tool, by name: what a new audit can be started with."""
        return tuple(tool for tool in self._newest if not tool.is_lens)

    @property
    def lenses(self) -> tuple[Tool, ...]:
        """The newest version of each lens, by name: what can be added to an audit."""
        return tuple(tool for tool in self._newest if tool.is_lens)

    def newest(self, tool_id: str) -> Tool:
        for tool in self._newest:
            if tool.id == tool_id:
                return tool
        raise Refused(f"There is no audit tool {tool_id!r}. Choose one from the list.")

    def carried(self, lenses: str) -> tuple[Tool, ...]:
        """The lenses that an audit carries, as ``carrying`` wrote them down."""
        parts = [one.partition("@") for one in lenses.split()]
        return tuple(self.tool(lens_id, int(version)) for lens_id, _, version in parts)

    @property
    def _newest(self) -> tuple[Tool, ...]:
        newest: dict[str, Tool] = {}
        for tool in self.versions.values():
            if tool.id not in newest or tool.version > newest[tool.id].version:
                newest[tool.id] = tool
        return tuple(sorted(newest.values(), key=lambda tool: tool.name))


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
    tool = _checked(path, _read(path))
    try:
        framework = library.framework(tool.framework)
        tool = _with_words(tool, framework)
        _agrees(tool, library)
    except Refused as refused:
        raise WrongFile(f"{path.name} cannot be used. {refused}") from refused
    return tool


def _read(path: Path) -> object:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongFile(f"{path.name} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise WrongFile(f"{path.name} is not YAML: {' '.join(str(error).split())}") from error


def _checked(path: Path, content: object) -> Tool:
    try:
        return Tool.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(str(step) for step in first["loc"]) or "the file as a whole"
        message = "this key is not known" if first["type"] == "extra_forbidden" else first["msg"]
        raise WrongFile(f"{path.name} cannot be used. At {place}: {message}") from error


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
