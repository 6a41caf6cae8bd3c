"""What recorded numbers and arrays have in common: they pass for the plain value, and are never lost silently."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.place import expression, here
from gradcheck_tool.tracing.recorder import Recorder


class Disguise:
    """A value that answers, prints and is asked as the plain number or array it holds."""

    __slots__ = ()
    recorder: Recorder
    value: Any

    @property  # type: ignore[misc]  # object declares it as an attribute
    def __class__(self) -> type:  # the disguise: isinstance answers as for the plain value
        return self.value.__class__  # type: ignore[no-any-return]  # of an enclosing recording it is a disguise, too

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **keywords: Any) -> Any:
        return self.recorder.ufunc(ufunc, method, inputs, keywords)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        return self.recorder.function(function, args, kwargs)

    def __repr__(self) -> str:
        return self._written(repr(self.value))

    def __str__(self) -> str:
        return self._written(str(self.value))

    def __format__(self, spec: str) -> str:
        return self._written(format(self.value, spec))

    def _written(self, text: str) -> str:
        """Numbers that are read from text afterwards may be these: their wording is not told apart."""
        if self.recorder.live and self.recorder.active(self):
            self.recorder.texts.setdefault("", self)
        return text

    def __reduce__(self) -> Any:
        raise lost("pickle")

    def contract_with(self: Any, text: str, other: Any) -> Any:
        """A contraction, recorded."""
        return np.einsum(text, self, other)


def answering(methods: type, *kinds: type) -> None:
    """Let a class of recorded values answer every public name that plain values of these `kinds` have.

    One property for each, since a class with ``__getattr__`` pays for it at every other attribute too: 50 ns, and
    an operation reads four.
    """
    for name in sorted({name for kind in kinds for name in dir(kind)}):
        if not name.startswith("_") and not hasattr(methods, name):
            setattr(methods, name, _asked(name))


def _asked(name: str) -> property:
    def ask(self: Any) -> Any:
        if not hasattr(type(self.value), name):
            raise AttributeError(f"'{type(self.value).__name__}' object has no attribute '{name}'")
        return self.recorder.attribute(self, name)

    return property(ask)


def lost(what: str) -> CannotFollow:
    """The refusal of whatever would take the bare numbers and drop the record, with the expression that does."""
    asked = expression()
    place = f"in {asked}" if asked else "here"
    return CannotFollow(
        f"{what} wants the bare numbers {place}, and their derivative would be lost",
        where=here(),
        remedy="use the NumPy or math function on the value itself, or give a hand-written derivative"
        " and check it with --against differences",
    )
