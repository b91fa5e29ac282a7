"""Shows where the words of a search stand in a text."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape


def marked(text: str, words: Sequence[str]) -> Markup:
    """The text with every word of the search marked; whatever the text holds is escaped.

    >>> marked("Life-story <work>", ["work"])
    Markup('Life-story &lt;<mark>work</mark>&gt;')
    """
    if not words:
        return escape(text)
    parts = re.split(f"({'|'.join(re.escape(word) for word in words)})", text, flags=re.IGNORECASE)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )
