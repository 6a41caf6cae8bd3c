"""What recorded numbers and arrays have in common: they pass for the plain value, and are never lost silently."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.recorder import Recorder


class Disguise:
    """A value that answers, prints and is asked as the plain number or array it holds."""

    __slots__ = ()
    recorder: Recorder
    value: Any

    @property  # type: ignore[misc]  # object declares it as an attribute
    def __class__(self) -> type:  # the disguise: isinstance answers as for the plain value
        return type(self.value)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **keywords: Any) -> Any:
        return self.recorder.ufunc(ufunc, method, inputs, keywords)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        return self.recorder.function(function, args, kwargs)

    def __repr__(self) -> str:
        return repr(self.value)

    def __str__(self) -> str:
        return str(self.value)

    def __format__(self, spec: str) -> str:
        return format(self.value, spec)

    def __reduce__(self) -> Any:
        raise lost("pickle")

    def contract_with(self: Any, text: str, other: Any) -> Any:
        """A contraction, recorded."""
        return np.einsum(text, self, other)


def lost(what: str) -> CannotFollow:
    """The refusal of whatever would take the bare numbers and drop the record."""
    return CannotFollow(
        f"{what} wants the bare numbers here, and their derivative would be lost",
        where=here(),
        remedy="use the NumPy or math function on the value itself, or give a hand-written derivative"
        " and check it with --against differences",
    )
