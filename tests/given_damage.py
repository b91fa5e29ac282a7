"""Reports damaged at random: cut short, overwritten, shuffled and spliced."""

import random
from collections.abc import Callable
from io import BytesIO

import pikepdf

Damage = Callable[[bytearray, random.Random], None]


def unpacked(content: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        document.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return out.getvalue()


def damaged(chance: random.Random, healthy: list[bytes]) -> bytes:
    """One of the healthy files after one to four kinds of damage."""
    content = bytearray(chance.choice(healthy))
    for damage in chance.sample(DAMAGES, chance.randint(1, 4)):
        if len(content) > 2:
            damage(content, chance)
    return bytes(content)


def _cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(1, len(content)) :]


def _overwrite(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 10, 200))):
        content[chance.randrange(len(content))] = chance.randrange(256)


def _blank(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.randrange(1, 5000))
    content[start:end] = bytes(end - start)


def _splice(content: bytearray, chance: random.Random) -> None:
    start, size, to = chance.randrange(len(content)), chance.randrange(1, 20000), chance.randrange(len(content))
    content[to:to] = content[start : start + size]


def _remove(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content))
    del content[start : start + chance.randrange(1, 2000)]


def _enlarge_number(content: bytearray, chance: random.Random) -> None:
    """Turn a number of the file into one that is far too large, negative or not one."""
    digits = [
        at for at in range(chance.randrange(len(content)), min(len(content), 1 << 20)) if chr(content[at]).isdigit()
    ]
    if digits:
        at = digits[0]
        content[at : at + 1] = chance.choice((b"-1", b"99999999999", b"1e308", b"0", b"nan", b"2147483648"))


DAMAGES: list[Damage] = [_cut, _overwrite, _blank, _splice, _remove, _enlarge_number]
