"""The audit tools of ``seed/audit_tools/``, read once, checked against their framework, and held unchanged."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from tracker.audits.schema import Domain, Tool
from tracker.frameworks import queries as frameworks
from tracker.frameworks.library import Library, WrongFile
from tracker.frameworks.schema import Framework
from tracker.platform.errors import Refused
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
        newest: dict[str, Tool] = {}
        for tool in self.versions.values():
            if tool.id not in newest or tool.version > newest[tool.id].version:
                newest[tool.id] = tool
        return tuple(sorted(newest.values(), key=lambda tool: tool.name))

    def newest(self, tool_id: str) -> Tool:
        for tool in self.latest:
            if tool.id == tool_id:
                return tool
        raise Refused(f"There is no audit tool {tool_id!r}. Choose one from the list.")


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
    """The tool with its framework's grades in its scale, where it grades in them."""
    if not tool.scale.from_framework:
        return tool
    return tool.model_copy(update={"scale": tool.scale.model_copy(update={"grades": framework.scale})})


def _agrees(tool: Tool, library: Library) -> None:
    """Every area, theme and grade that the file speaks of exists."""
    for area in tool.areas:
        library.area(tool.framework, area)
    for theme in filter(None, (tool.theme, *_themes(tool.domains))):
        library.theme(theme, tool.framework)
    for code in tool.grades_named:
        tool.grade(code)


def _themes(domains: tuple[Domain, ...]) -> list[str]:
    return [theme for domain in domains for theme in domain.themes]
