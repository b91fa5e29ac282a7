"""English local authorities with children's services, past and present, to find one in the title of a report.

Source: the register of local authorities in England, with those merged or divided since 2013.
"""

import re
import unicodedata

_NAMES = """
Barking and Dagenham|Barnet|Barnsley|Bath and North East Somerset|Bedford|Bexley|Birmingham|Blackburn with Darwen
Blackpool|Bolton|Bournemouth|Bournemouth, Christchurch and Poole|Bracknell Forest|Bradford|Brent
Brighton and Hove|Bristol
Bromley|Buckinghamshire|Bury|Calderdale|Cambridgeshire|Camden|Central Bedfordshire|Cheshire East
Cheshire West and Chester|City of London|Cornwall|Coventry|Croydon|Cumberland|Cumbria|Darlington|Derby|Derbyshire
Devon|Doncaster|Dorset|Dudley|Durham|Ealing|East Riding of Yorkshire|East Sussex|Enfield|Essex|Gateshead
Gloucestershire|Greenwich|Hackney|Halton|Hammersmith and Fulham|Hampshire|Haringey|Harrow|Hartlepool|Havering
Herefordshire|Hertfordshire|Hillingdon|Hounslow|Isle of Wight|Isles of Scilly|Islington|Kensington and Chelsea|Kent
Kingston upon Hull|Hull|Kingston upon Thames|Kirklees|Knowsley|Lambeth|Lancashire|Leeds|Leicester|Leicestershire
Lewisham|Lincolnshire|Liverpool|Luton|Manchester|Medway|Merton|Middlesbrough|Milton Keynes|Newcastle upon Tyne
Newcastle|Newham|Norfolk|North East Lincolnshire|North Lincolnshire|North Northamptonshire|North Somerset
North Tyneside|North Yorkshire|Northamptonshire|Northumberland|Nottingham|Nottinghamshire|Oldham|Oxfordshire
Peterborough|Plymouth|Poole|Portsmouth|Reading|Redbridge|Redcar and Cleveland|Richmond upon Thames|Rochdale|Rotherham
Rutland|Salford|Sandwell|Sefton|Sheffield|Shropshire|Slough|Solihull|Somerset|South Gloucestershire|South Tyneside
Southampton|Southend-on-Sea|Southend|Southwark|St Helens|Staffordshire|Stockport|Stockton-on-Tees|Stoke-on-Trent
Suffolk|Sunderland|Surrey|Sutton|Swindon|Tameside|Telford and Wrekin|Thurrock|Torbay|Tower Hamlets|Trafford|Wakefield
Walsall|Waltham Forest|Wandsworth|Warrington|Warwickshire|West Berkshire|West Northamptonshire|West Sussex|Westminster
Westmorland and Furness|Wigan|Wiltshire|Windsor and Maidenhead|Wirral|Wokingham|Wolverhampton|Worcestershire|York
"""
AUTHORITIES = tuple(name for line in _NAMES.strip().splitlines() for name in line.split("|"))


def plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z]+", letters.replace("&", " and ").replace("'", "")))


_BY_PLAIN = sorted(((plain(name), name) for name in AUTHORITIES), key=lambda pair: -len(pair[0]))


def named_in(text: str) -> str | None:
    """The authority whose name stands in ``text``; of several the longest, so that Derbyshire is not Derby.

    >>> named_in("Together for Children, Sunderland")
    'Sunderland'
    """
    words = f" {plain(text)} "
    return next((name for known, name in _BY_PLAIN if f" {known} " in words), None)


_OF_COUNCILS = frozenset(
    [
        "the",
        "of",
        "a",
        "and",
        "london",
        "royal",
        "borough",
        "city",
        "county",
        "council",
        "metropolitan",
        "district",
        "unitary",
        "authority",
        "corporation",
        "local",
        "children",
        "childrens",
        "services",
        "service",
        "mbc",
    ]
)


def is_council(printed: str, known: str) -> bool:
    """Whether a printed name says no more than an authority's name and what sort of council it is.

    >>> is_council("City of Bradford Metropolitan District Council", "Bradford")
    True
    >>> is_council("Together for Children, Sunderland", "Sunderland")
    False
    """
    return set(plain(printed).split()) - _OF_COUNCILS == set(plain(known).split()) - _OF_COUNCILS
