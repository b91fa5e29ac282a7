"""Where a request came from, as exactly as the trail needs to know and no more."""

from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address, ip_network

KEPT_OF_4 = 24
KEPT_OF_6 = 48
"""Bits of an address that are kept: they tell an office, a home provider and another country apart, and not one
machine from the next, so nothing has to be taken out of the trail again. Our choice; see decision 0020."""


def network_of(address: str | None) -> str:
    """The network of an address; empty when there is none.

    >>> network_of("10.20.30.40"), network_of("2001:db8:1:2::3"), network_of("::ffff:10.20.30.40"), network_of(None)
    ('10.20.30.0/24', '2001:db8:1::/48', '10.20.30.0/24', '')
    """
    try:
        given = ip_address(address or "")
    except (AddressValueError, ValueError):
        return ""
    known: IPv4Address | IPv6Address = (getattr(given, "ipv4_mapped", None)) or given
    return str(ip_network(f"{known}/{KEPT_OF_4 if known.version == 4 else KEPT_OF_6}", strict=False))
