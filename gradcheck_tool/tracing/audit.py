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
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import close
from gradcheck_tool.tracing.ufuncs import refusal

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
    """``entry(recorder, *args, **keywords)``, believed only where its value is NumPy's own.

    A call that is handed a function of the user's is not made twice, and so not compared.
    """
    function, args, keywords = call
    if any(callable(x) and not isinstance(x, type) for x in (*args, *keywords.values())):
        return entry(recorder, *args, **keywords)
    expected = function(*bare(recorder, args), **bare(recorder, keywords))
    result = entry(recorder, *args, **keywords)
    if not _same(recorder, result, expected):
        raise refusal(f"{name_of(function)} with these arguments")
    return result


def name_of(function: Any) -> str:
    """``numpy.linalg.norm``."""
    return f"{getattr(function, '__module__', None) or 'numpy'}.{getattr(function, '__name__', function)}"


def _same(recorder: Recorder, result: Any, expected: Any) -> bool:
    if isinstance(expected, tuple | list):
        return len(result) == len(expected) and all(
            _same(recorder, *pair) for pair in zip(result, expected, strict=True)
        )
    mine = recorder.number(result)
    if not isinstance(expected, np.ndarray | np.generic | float | int):
        return type(mine) is type(expected)
    return np.shape(mine) == np.shape(expected) and close(mine, expected)
