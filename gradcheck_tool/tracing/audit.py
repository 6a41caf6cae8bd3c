"""NumPy itself goes first: whose fault a failure is, and whether a composition gives NumPy's own value.

An entry of the function table may be wrong, or be given arguments it never thought of. Nothing of that may
become a wrong number: where NumPy refuses the plain arguments, its own exception is raised; where NumPy answers
and the entry fails or answers something else, the call is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.rearrange import innermost, name_of
from gradcheck_tool.tracing.recorder import Recorded, Recorder
from gradcheck_tool.tracing.reductions import close, patched
from gradcheck_tool.tracing.table import is_withheld
from gradcheck_tool.tracing.ufuncs import inactive, refusal

Call = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


def bare(recorder: Recorder, nest: Any) -> Any:
    """Arguments as NumPy may have them: plain numbers, and copies of arrays so that nothing is written twice."""
    if type(nest) is dict:
        return {key: bare(recorder, inner) for key, inner in nest.items()}
    if type(nest) in (list, tuple):
        return type(nest)(bare(recorder, inner) for inner in nest)
    value = recorder.number(nest)
    return value.copy() if type(value) is np.ndarray else value


def blamed(recorder: Recorder, call: Call) -> CannotFollow:
    """The refusal of a call our entry failed at; raises NumPy's own exception where the arguments are at fault."""
    function, args, keywords = call
    if not any(callable(x) for x in (*args, *keywords.values())):
        function(*bare(recorder, args), **bare(recorder, keywords))
    return refusal(f"{name_of(function)} with these arguments")


def blamed_method(
    recorder: Recorder, value: Any, name: str, args: tuple[Any, ...], keywords: dict[str, Any]
) -> CannotFollow:
    """The same for a method of an array or number."""
    getattr(bare(recorder, value), name)(*bare(recorder, args), **bare(recorder, keywords))
    return refusal(f"the array method .{name}() with these arguments")


def checked(recorder: Recorder, call: Call, entry: Callable[..., Any]) -> Any:
    """``entry(recorder, *args, **keywords)`` with NumPy's own values, believed only where the two agree.

    A call that is handed a function of the user's is not made twice, and so not compared.
    """
    function, args, keywords = call
    if any(callable(x) and not isinstance(x, type) for x in (*args, *keywords.values())):
        return entry(recorder, *args, **keywords)
    expected = function(*bare(recorder, args), **bare(recorder, keywords))
    return settled(recorder, entry(recorder, *args, **keywords), expected, name_of(function))


def settled(recorder: Recorder, result: Any, expected: Any, name: str) -> Any:
    """What our own spelling of a function gave, with the values and the classes of NumPy's own result."""
    if isinstance(expected, tuple | list):
        if not isinstance(result, tuple | list) or len(result) != len(expected):
            raise refusal(f"{name} with these arguments")
        parts = [settled(recorder, *pair, name) for pair in zip(result, expected, strict=True)]
        return type(expected)(*parts) if hasattr(expected, "_fields") else type(expected)(parts)
    if not isinstance(expected, np.ndarray | np.generic | float | int | complex):
        if type(result) is not type(expected):
            raise refusal(f"{name} with these arguments")
        return result
    mine, theirs = innermost(recorder.number(result)), innermost(expected)
    if np.shape(mine) != np.shape(theirs) or not close(mine, theirs):
        raise refusal(f"{name} with these arguments")
    if type(result) is recorder.Array and is_withheld(result):
        return result  # its values are the library's; asking for its line would be using it
    if recorder.active(result):
        if np.asarray(theirs).dtype.kind not in "fc":
            raise refusal(f"{name} with these arguments")
        return patched(recorder, result, expected)
    return result if isinstance(type(expected), Recorded) else inactive(recorder, expected)
