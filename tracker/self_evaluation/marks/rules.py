"""By what a mark is known again, so that its answer holds for these words and no others."""

import hashlib

from tracker.self_evaluation.rules import Marked

LONGEST = 600
"""Characters of an answer: a sentence or two. Source: our choice."""


def key(marked: Marked) -> str:
    """Its kind, its sentence, what that cites and why it is marked: when one of them changes, it is another mark."""
    told = (str(marked.mark), marked.sentence.text, " ".join(marked.sentence.cites), marked.because)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]
