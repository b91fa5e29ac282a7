"""What the browser is asked, and whether what it answers holds. The one door to the library that checks it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tracker.people.models import Person
from tracker.people.passkeys.models import Passkey
from tracker.people.passkeys.rules import CREDENTIAL_ID, LONGEST_ANSWER, RelyingParty

SERVICE = "Inspection readiness tracker"


class DoesNotHold(Exception):
    """What a browser answered is not what was asked for. Why, is for nobody but a test."""


@dataclass(frozen=True)
class Made:
    """A passkey that was just made, as it is kept."""

    credential_id: str
    public_key: str
    sign_count: int


@dataclass(frozen=True)
class Shown:
    """An answer that says which passkey it comes from; whether that is so, ``checked_use`` finds out."""

    credential_id: str
    answer: dict[str, Any]


def options_to_make(service: RelyingParty, person: Person, known: Iterable[Passkey], challenge: bytes) -> str:
    """For ``navigator.credentials.create``: one that is found without a name, and wants a finger, a face or a PIN."""
    return options_to_json(
        generate_registration_options(
            rp_id=service.id,
            rp_name=SERVICE,
            user_id=person.id.bytes,
            user_name=person.email,
            user_display_name=person.name,
            challenge=challenge,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=_described(known),
        )
    )


def options_to_show(service: RelyingParty, known: Iterable[Passkey], challenge: bytes) -> str:
    """For ``navigator.credentials.get``; ``known`` empty: whichever the person chooses, of whomever."""
    return options_to_json(
        generate_authentication_options(
            rp_id=service.id,
            challenge=challenge,
            allow_credentials=_described(known),
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


def checked_new(sent: str, service: RelyingParty, challenge: bytes) -> Made:
    """Raises DoesNotHold."""
    answer = _read(sent)
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=service.id,
            expected_origin=service.origin,
            require_user_verification=True,
        )
    except Exception as fault:
        raise DoesNotHold from fault  # whatever breaks in reading what a stranger wrote: it is no passkey
    return Made(bytes_to_base64url(made.credential_id), bytes_to_base64url(made.credential_public_key), made.sign_count)


def shown(sent: str) -> Shown:
    """Raises DoesNotHold for what is no answer at all."""
    answer = _read(sent)
    return Shown(answer["id"], answer)


def checked_use(one: Shown, passkey: Passkey, service: RelyingParty, challenge: bytes, *, is_named: bool) -> int:
    """How often the device says that it was used, now that it was; ``is_named``: it must say too whose it is.

    Raises DoesNotHold, also where the device counts backwards: somebody may have copied it.
    """
    try:
        used = verify_authentication_response(
            credential=one.answer,
            expected_challenge=challenge,
            expected_rp_id=service.id,
            expected_origin=service.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
        said = one.answer["response"].get("userHandle")
        whose = base64url_to_bytes(said) if said else None
    except Exception as fault:
        raise DoesNotHold from fault  # as above
    names_her = whose == passkey.person_id.bytes or (whose is None and not is_named)
    if not names_her or bytes_to_base64url(used.credential_id) != passkey.credential_id:
        raise DoesNotHold
    return used.new_sign_count


def _read(sent: str) -> dict[str, Any]:
    """Something that says which passkey it is about, and that a database can be asked for."""
    if len(sent) > LONGEST_ANSWER:
        raise DoesNotHold
    try:
        answer = json.loads(sent)
    except (ValueError, RecursionError) as fault:
        raise DoesNotHold from fault
    said = answer.get("id") if isinstance(answer, dict) else None
    if not isinstance(said, str) or not CREDENTIAL_ID.fullmatch(said):
        raise DoesNotHold
    return dict(answer)


def _described(known: Iterable[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential_id)) for one in known]
