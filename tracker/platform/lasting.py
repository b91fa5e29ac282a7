"""What lives as long as the process is no garbage, and is not searched for it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """Whatever is imported or made inside stays.

    Python searched among it for garbage while it was being made, a third of the time that the application takes to be
    imported, and once more, for a fifth of a second, in the midst of some later request.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
