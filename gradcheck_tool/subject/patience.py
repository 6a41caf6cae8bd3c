"""A time limit for runs at points that nobody asked for: a drawn point may send a loop on for ever."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

SECONDS = 2.0


class TookTooLongError(RuntimeError):
    """The user's code did not come back in time."""


@contextlib.contextmanager
def patience(seconds: float = SECONDS) -> Iterator[None]:
    """Raise `TookTooLongError` in the block after so many seconds, and twice a second from then on.

    Only the main thread can be interrupted, and only where the system has interval timers; elsewhere,
    and while somebody else uses the timer, the block runs as long as it likes.
    """
    usable = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not usable or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TookTooLongError(f"the function did not come back within {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
