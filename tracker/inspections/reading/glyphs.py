"""Characters that fonts draw but text should not hold: ligatures, private glyphs, odd spaces."""

import re

BULLET = "•"
DASHES = "-‐‑‒–—―−"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_NOTHING = "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffd\x00\x02"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\x0b\x0c"
_BULLETS = "◼■▪•●·◾⬛▫□◦○◆◇❖➢►▶∎⚫‣⁃\u2043"
_CODES = {
    **{ord(ligature): letters for ligature, letters in _LIGATURES.items()},
    **{ord(sign): None for sign in _NOTHING},
    **{ord(sign): " " for sign in _SPACES},
    **{ord(sign): BULLET for sign in _BULLETS},
    **dict.fromkeys(range(0xF041, 0xF100), BULLET),
    **{code: chr(code - 0xF000) for code in range(0xF020, 0xF041)},
}
"""Codes 0xF020 to 0xF0FF are how Word writes symbol fonts: signs and digits keep their place in them, and what
lies above is a drawing, nearly always a bullet."""
_ODD = re.compile("[" + "".join(re.escape(chr(code)) for code in _CODES if chr(code) not in "\n") + "\ue000-\uf8ff]")


_LETTER = re.compile(r"[onlqü§Ø✓✔✗→*]\s+(?=\S)")
"""A bullet whose font says which letter its drawing stands for: Word's second bullet is an "o", its square an "n"."""


def with_bullet(line: str) -> str:
    """A line with the letter or sign that stands for its bullet made one.

    >>> with_bullet("o The quality of plans.")
    '• The quality of plans.'
    """
    return _LETTER.sub(f"{BULLET} ", line, count=1) if _LETTER.match(line) else line


def mended(text: str) -> str:
    """Text with its ligatures spelt out, its odd spaces made spaces and every sort of bullet made one sort.

    >>> mended("e\ufb03cient\u00a0care \uf06e")
    'efficient care •'
    """
    return text.translate(_CODES) if _ODD.search(text) else text
