"""The second step: one-time codes of an app on a phone (RFC 6238), and recovery codes for when the phone is gone."""

from flask import Flask

from tracker.people.codes.rules import SecondStep
from tracker.people.rules import Role
from tracker.platform.errors import Refused


def init_codes(app: Flask) -> None:
    """Read the operator's settings. Raises Refused for a role that there is not: nobody would be asked for a code."""
    app.config["SECOND_STEP"] = SecondStep(app.config["SECOND_STEP"])
    unknown = app.config["SECOND_STEP_ROLES"] - {role.value for role in Role}
    if unknown:
        known = ", ".join(role.value for role in Role)
        raise Refused(f"TRACKER_SECOND_STEP_ROLES: “{min(unknown)}” is no role. Roles are: {known}")
