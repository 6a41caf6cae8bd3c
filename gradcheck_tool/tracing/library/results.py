"""What solvers return beside the solution: kept in its place, and never a constant where it is not one."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.library.aside import lost_value
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.recorder import Recorder


class Unknown:
    """An object of a solver's, for instance an inverse Hessian as an operator, that depends on the inputs."""

    def __init__(self, why: str) -> None:
        self._why = why

    def __getattr__(self, name: str) -> Any:
        raise CannotFollow(
            f"{self._why} is used here, and its derivative is not known",
            where=here(),
            remedy="compute it again, after the call, from the result of the solver",
        )

    __matmul__ = __mul__ = __getitem__ = __call__ = lambda self, *_args: self.__getattr__("")


def spoiled(recorder: Recorder, x: Any, why: str) -> Any:
    """The same structure and numbers, refused by name where they enter the result. Whole numbers and texts stay."""
    if isinstance(x, float | np.floating) or (isinstance(x, np.ndarray) and x.dtype.kind == "f"):
        return lost_value(recorder, x, why)
    if type(x) in (list, tuple):
        return type(x)(spoiled(recorder, part, why) for part in x)
    if type(x) is dict:
        return {key: spoiled(recorder, part, why) for key, part in x.items()}
    if x is None or isinstance(x, str | int | bool | np.integer | np.bool_ | np.ndarray):
        return x
    return Unknown(why)


def completed(recorder: Recorder, result: Any, what: str, known: dict[str, Any], settled: tuple[str, ...] = ()) -> Any:
    """A solver's result object with the `known` entries recorded, the `settled` ones as they are, the rest spoiled."""
    for key in list(result):
        if key in known:
            result[key] = known[key]
        elif key not in settled:
            result[key] = spoiled(recorder, result[key], f"{key} of the result of {what}")
    return result
