"""Garbage: objects that hold only each other, which Python searches all others for again and again.

What is read is nearly all kept, or let go as soon as nothing names it; so the searches find next to nothing.
"""

import gc

_SELDOM = 50_000  # new objects between two searches; Python's own habit is 700


def look_for_garbage_seldom() -> None:
    """Let Python search seldom for objects that hold only each other."""
    gc.set_threshold(_SELDOM)
