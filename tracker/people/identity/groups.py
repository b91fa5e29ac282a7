"""Which groups of the provider have which roles: JSON that the operator writes.

``{"claim": "groups", "roles": {"<id of a group>": "brent:director", …}}``; the first that fits counts.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from tracker.people.identity.rules import GroupRole
from tracker.people.rules import Role
from tracker.platform.errors import Refused


class GroupsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    claim: str = "groups"
    roles: dict[str, str] = {}


@dataclass(frozen=True)
class Groups:
    claim: str
    mapping: tuple[GroupRole, ...]

    @property
    def authorities(self) -> frozenset[str]:
        """The slugs for which the groups decide who has a role."""
        return frozenset(one.authority for one in self.mapping)


def read(setting: str) -> Groups:
    """From the JSON itself, or the path of a file with it; none where the setting is empty. Raises Refused."""
    if not setting.strip():
        return Groups("groups", ())
    text = setting if setting.lstrip().startswith("{") else _file(setting)
    try:
        file = GroupsFile.model_validate(json.loads(text))
    except (ValidationError, ValueError) as error:
        raise Refused(f"TRACKER_OIDC_GROUPS cannot be read: {error}") from error
    return Groups(file.claim, tuple(_line(group, to) for group, to in file.roles.items()))


def _file(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise Refused(f"TRACKER_OIDC_GROUPS names a file that cannot be read: {error}") from error


def _line(group: str, to: str) -> GroupRole:
    authority, colon, role = to.partition(":")
    if not authority or not colon or role not in {one.value for one in Role}:
        known = ", ".join(one.value for one in Role)
        raise Refused(f"TRACKER_OIDC_GROUPS: “{to}” is not an authority and a role, such as brent:director ({known})")
    return GroupRole(group, authority, Role(role))
