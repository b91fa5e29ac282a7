"""The two short lists an authority keeps for its plan: the boards that watch over it, the partners that share it."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError

from tracker.actions.commands.checks import changed_since, require_may_plan, require_reason, told_of_the_other
from tracker.actions.models import Action, GovernanceBoard
from tracker.people.models import Authority, PartnerOrganisation, Person
from tracker.people.rules import PartnerKind
from tracker.platform.db import db
from tracker.platform.errors import Refused

Listed = GovernanceBoard | PartnerOrganisation


def add_board(authority: Authority, *, name: str, by: Person) -> GovernanceBoard:
    require_may_plan(authority, by)
    _require_new_name(authority, GovernanceBoard, name)
    board = GovernanceBoard(authority=authority, name=name.strip())
    db.session.add(board)
    db.session.flush()
    return board


def rename_board(board: GovernanceBoard, *, version: int, name: str, by: Person) -> None:
    """Actions and earlier meetings go with it: it is the same board under another name."""
    _require_changeable(board, version, by)
    _require_new_name(board.authority, GovernanceBoard, name, but=board)
    with told_of_the_other(board.name):
        board.name = name.strip()
        db.session.flush()


def remove_board(board: GovernanceBoard, *, version: int, by: Person) -> None:
    _require_changeable(board, version, by)
    _remove(board, _number(Action.board_id == board.id))


def add_partner(authority: Authority, *, kind: PartnerKind, name: str, by: Person) -> PartnerOrganisation:
    require_may_plan(authority, by)
    _require_new_name(authority, PartnerOrganisation, name)
    partner = PartnerOrganisation(authority=authority, kind=kind, name=name.strip())
    db.session.add(partner)
    db.session.flush()
    return partner


def change_partner(partner: PartnerOrganisation, *, version: int, kind: PartnerKind, name: str, by: Person) -> None:
    _require_changeable(partner, version, by)
    _require_new_name(partner.authority, PartnerOrganisation, name, but=partner)
    with told_of_the_other(partner.name):
        partner.kind, partner.name = kind, name.strip()
        db.session.flush()


def remove_partner(partner: PartnerOrganisation, *, version: int, by: Person) -> None:
    _require_changeable(partner, version, by)
    _remove(partner, _number(Action.partner_id == partner.id))


def _require_changeable(listed: Listed, version: int, by: Person) -> None:
    require_may_plan(listed.authority, by)
    if listed.version != version:
        raise changed_since(listed.name)


def _require_new_name(authority: Authority, table: type[Listed], name: str, *, but: Listed | None = None) -> None:
    require_reason(name, "Enter a name.")
    same = select(table.id, table.name).where(
        table.authority_id == authority.id, func.lower(table.name) == name.strip().lower()
    )
    for one, known_as in db.session.execute(same):
        if but is None or one != but.id:
            raise Refused(f"{known_as} is on the list already.")


def _number(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Action).where(condition)) or 0


def _remove(listed: Listed, actions: int) -> None:
    """Take it off the list, unless something names it: what happened with it must stay readable."""
    if actions:
        named = "1 action names" if actions == 1 else f"{actions} actions name"
        raise Refused(f"{named} {listed.name}, so it stays. Choose another for them first.")
    name = listed.name
    try:
        with db.session.begin_nested():
            db.session.delete(listed)
    except IntegrityError:
        raise Refused(f"{name} is named in what has happened, so it stays.") from None
