"""For which addresses passkeys are made."""

import pytest

from tracker.people.passkeys.rules import relying_party


@pytest.mark.parametrize(
    ("address", "host", "origin"),
    [
        ("https://tracker.example.gov.uk", "tracker.example.gov.uk", "https://tracker.example.gov.uk"),
        ("https://tracker.example.gov.uk:443/inspections", "tracker.example.gov.uk", "https://tracker.example.gov.uk"),
        ("https://Tracker.Example.gov.uk:8443", "tracker.example.gov.uk", "https://tracker.example.gov.uk:8443"),
        ("https://bücher.example", "xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        ("http://localhost:8000", "localhost", "http://localhost:8000"),
        ("http://localhost:80", "localhost", "http://localhost"),
    ],
)
def test_the_address_is_told_as_browsers_tell_it(address: str, host: str, origin: str) -> None:
    found = relying_party(address)

    assert found is not None
    assert (found.id, found.origin) == (host, origin)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000", "https://10.0.0.7", "https://[::1]:8000", "http://tracker.example.gov.uk", "",
        "tracker.example.gov.uk", "ftp://localhost", "https://", "https://tracker.example.gov.uk:port",
        "https://tracker..gov.uk", "https://" + "a" * 64 + ".uk", "http://[",
    ],
)  # fmt: skip
def test_an_address_that_browsers_take_no_passkey_for_has_none(address: str) -> None:
    assert relying_party(address) is None
