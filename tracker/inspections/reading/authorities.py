"""English local authorities with children's services, past and present, to find one in the title of a report.

Source: the register of local authorities in England, with those merged or divided since 2013.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_NAMES = """
Barking and Dagenham|Barnet|Barnsley|Bath and North East Somerset|Bedford|Bexley|Birmingham|Blackburn with Darwen
Blackpool|Bolton|Bournemouth|Bournemouth, Christchurch and Poole|BCP|Bracknell Forest|Bradford|Brent|Brighton and Hove
Bristol|Bromley|Buckinghamshire|Bury|Calderdale|Cambridgeshire|Camden|Central Bedfordshire|Cheshire East
Cheshire West and Chester|City of London|Cornwall|Coventry|Croydon|Cumberland|Cumbria|Darlington|Derby|Derbyshire
Devon|Doncaster|Dorset|Dudley|Durham|Ealing|East Riding of Yorkshire|East Riding|East Sussex|Enfield|Essex|Gateshead
Gloucestershire|Greenwich|Hackney|Halton|Hammersmith and Fulham|Hampshire|Haringey|Harrow|Hartlepool|Havering
Herefordshire|Hertfordshire|Hillingdon|Hounslow|Isle of Wight|Isles of Scilly|Islington|Kensington and Chelsea|Kent
Kingston upon Hull|Hull|Kingston upon Thames|Kirklees|Knowsley|Lambeth|Lancashire|Leeds|Leicester|Leicestershire
Lewisham|Lincolnshire|Liverpool|Luton|Manchester|Medway|Merton|Middlesbrough|Milton Keynes|Newcastle upon Tyne
Newcastle|Newham|Norfolk|North East Lincolnshire|North Lincolnshire|North Northamptonshire|North Somerset
North Tyneside|North Yorkshire|Northamptonshire|Northumberland|Nottingham|Nottinghamshire|Oldham|Oxfordshire
Peterborough|Plymouth|Poole|Portsmouth|Reading|Redbridge|Redcar and Cleveland|Richmond upon Thames|Rochdale|Rotherham
Rutland|Salford|Sandwell|Sefton|Sheffield|Shropshire|Slough|Solihull|Somerset|South Gloucestershire|South Tyneside
Southampton|Southend-on-Sea|Southend|Southwark|St Helens|St Helen’s|Staffordshire|Stockport|Stockton-on-Tees
Stoke-on-Trent|Suffolk|Sunderland|Surrey|Sutton|Swindon|Tameside|Telford and Wrekin|Thurrock|Torbay|Tower Hamlets
Trafford|Wakefield|Walsall|Waltham Forest|Wandsworth|Warrington|Warwickshire|West Berkshire|West Northamptonshire
West Sussex|Westminster|Westmorland and Furness|Wigan|Wiltshire|Windsor and Maidenhead|Wirral|Wokingham|Wolverhampton
Worcestershire|York
"""
AUTHORITIES = tuple(name for line in _NAMES.strip().splitlines() for name in line.split("|"))
_WORD = re.compile(r"[^\W_]+(?:[’'`´‘](?!s\b)[^\W_]+)*|&")
_SORT = re.compile(r"borough|city|corporation|council|county|district|london|mbc|metropolitan|royal|unitary")
"""Words that say what sort of council it is."""
_OF_TITLES = re.compile(
    r"a|after|and|area|at|authority|board|care|child|children|childrens|covid|assurance|education|effectiveness|families|focused|for|full|"
    r"help|ilacs|in|inspections?|joint|leavers|letter|local|looked|lscb|monitoring|need|of|partnership|people|protection|"
    r"re|reinspection|report|review|s|safeguarding|send|services?|social|special|targeted|the|their|to|visit|who|with|work|"
    r"young"
)
"""Words that titles have beside the name of an authority."""


@dataclass(frozen=True)
class Named:
    """An authority in a title."""

    known: str
    printed: str
    """With the words that say what sort of council it is: "City of Bradford Metropolitan District Council"."""
    alone: bool
    """The title has no other words than titles have: no trust that works for the authority, no second authority."""


def plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z]+", letters.replace("&", " and ").replace("'", "").replace("`", "")))


def _words(text: str) -> tuple[str, ...]:
    return tuple(plain(word) for word in _WORD.findall(text))


_BY_WORDS = sorted(((_words(name), name) for name in AUTHORITIES), key=lambda pair: -sum(map(len, pair[0])))


def named_in(title: str) -> Named | None:
    """The authority whose name stands in a title; of several the longest, so that Derbyshire is not Derby.

    >>> named_in("Inspection of the Royal Borough of Kingston upon Thames children’s services").printed
    'Royal Borough of Kingston upon Thames'
    >>> named_in("Bristol City of Inspection of children's social care services").printed
    'Bristol City of'
    """
    places = list(_WORD.finditer(title))
    words = _words(title)
    for name, known in _BY_WORDS:
        for first in range(len(words) - len(name) + 1):
            if words[first : first + len(name)] == name and not places[first].group()[0].islower():
                start, end = _widened(words, first, first + len(name))
                printed = title[places[start].start() : places[end - 1].end()]
                beside = " ".join(words[end:] if words[start - 1 : start] == ("in",) else words[:start] + words[end:])
                return Named(known, printed, all(_OF_TITLES.fullmatch(word) for word in beside.split()))
    return None


def _widened(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """The name with the words around it that say what sort of council it is."""
    first, last = start, end
    while first and (words[first - 1] in ("of", "the") or _SORT.fullmatch(words[first - 1])):
        first -= 1
    while first < start and not _SORT.fullmatch(words[first]):
        first += 1
    while last < len(words) and (words[last] == "of" or _SORT.fullmatch(words[last])):
        last += 1
    if words[last - 1 : last + 1] == ("unitary", "authority"):
        return first, last + 1
    while last > end and words[last - 1] == "of" and words[last - 2] not in ("city", "county", "borough"):
        last -= 1
    return first, last
