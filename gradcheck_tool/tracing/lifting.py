"""Lifting: while f runs, the names it can reach stand for recording twins; afterwards all is as it was.

What is exchanged are entries of namespaces (globals, closure cells, defaults, containers, attributes) that the
code of f mentions, never attributes of `numpy` or `math` themselves: compiled code casts their results
unchecked. On other threads the twins pass through.
"""

from __future__ import annotations

import builtins
import sys
import threading
from types import FunctionType, MethodType, TracebackType
from typing import Any

from gradcheck_tool.tracing.place import is_foreign
from gradcheck_tool.tracing.reach import Reach
from gradcheck_tool.tracing.standard_twins import STANDARD
from gradcheck_tool.tracing.twins import Twins

_TWINNED = ("math", "cmath", "numpy", "scipy", *STANDARD)  # modules that have twins
_INTERVAL = sys.getswitchinterval()
_WHOLE_LINE = 1e3  # seconds: threads take turns only where they wait
_REMEMBERED = 16  # functions whose reach is kept


class Lifted:
    """The context in which everything `function` can reach is exchanged; restored also after an exception."""

    __slots__ = ("_done", "_genuine", "_reach", "_start", "_twins", "function")

    def __init__(self, function: Any, twins: Twins) -> None:
        self.function = function
        self._twins = twins
        self._done: list[Any] = []
        self._genuine: Any = None
        self._start: Any = None
        self._reach: Reach | None = None

    def __enter__(self) -> None:
        self._genuine = builtins.__import__
        self._start = threading.Thread.start
        reach = self._reach = _reach(self.function, self._twins)
        try:
            for exchange in reach.exchanges:
                self._done.append(exchange)
                exchange.place.write(exchange.make())
            builtins.__import__ = _importing(self._genuine, self._twins)
            threading.Thread.start = _starting(self._start, self._twins.recorder)  # type: ignore[method-assign]  # for this run
        except BaseException:
            self._restore()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._restore()

    def _restore(self) -> None:
        builtins.__import__ = self._genuine
        threading.Thread.start = self._start  # type: ignore[method-assign]  # as it was
        if sys.getswitchinterval() == _WHOLE_LINE:
            sys.setswitchinterval(_INTERVAL)
        done = self._done
        while done:
            exchange = done.pop()
            exchange.place.write(exchange.original)

    def release(self) -> None:
        """Leave plain numbers where the run has left recorded ones; to be called where some are left at all."""
        if self._reach is not None:
            self._reach.release()


def _reach(function: Any, twins: Twins) -> Reach:
    """The reach of a function, remembered from its last recording where nothing has changed since."""
    known = twins.reaches
    if not isinstance(function, FunctionType | MethodType):
        return Reach(function, twins)
    reach: Reach | None = known.pop(function, None)
    if reach is None or not reach.is_current():
        reach = Reach(function, twins)
    known[function] = reach  # newest last
    if len(known) > _REMEMBERED:
        del known[next(iter(known))]
    return reach


def _starting(genuine: Any, recorder: Any) -> Any:
    """Start a thread of the user's that may record as well: one writes its line before the other has its turn."""
    thread = threading.get_ident()

    def start(self: threading.Thread) -> None:
        if recorder.live and threading.get_ident() == thread:
            sys.setswitchinterval(_WHOLE_LINE)
        genuine(self)

    return start


def _importing(genuine: Any, twins: Twins) -> Any:
    """Answer ``import numpy`` inside the user's functions with the twin, on this thread only."""
    thread = threading.get_ident()

    def importing(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:  # noqa: A002 - Python's names
        module = genuine(name, globals, locals, fromlist, level)
        ours = threading.get_ident() == thread and globals is not None and is_foreign(globals.get("__file__") or "")
        if not ours or name.partition(".")[0] not in _TWINNED:
            return module
        caller = sys._getframe(1).f_code.co_filename  # noqa: SLF001 - who imports decides who is answered
        if not is_foreign(caller) or "site-packages" in caller:
            return module
        twin = twins.twin(module)
        return module if twin is None else twin

    return importing
