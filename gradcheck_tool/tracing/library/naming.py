"""The names users know the library's functions, classes and objects by."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import numpy as np

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing.place import here

ROOT = "scipy"
_REMEDY = "write that step with NumPy functions, or give its derivative by hand and check it with --against differences"


def refused(name: str) -> CannotFollow:
    """The refusal of a library function, by its public name."""
    return CannotFollow(f"{name} has no derivative rule here", where=here(), remedy=_REMEDY)


def public_name(x: Any) -> str:
    """The dotted name users know: ``scipy.linalg.expm`` for what lives in ``scipy.linalg._matfuncs``."""
    parts = []
    for part in str(getattr(x, "__module__", ROOT)).split("."):
        if part.startswith("_"):
            break
        parts.append(part)
    return ".".join((*parts, getattr(x, "__qualname__", None) or getattr(x, "__name__", None) or type(x).__name__))


def object_names(x: Any) -> list[str]:
    """The names an object's methods may be known by: as an attribute of its module, then by its classes."""
    cls = type(x)
    module = sys.modules.get(public_name(cls).rpartition(".")[0])
    named = getattr(x, "name", None)
    known = module is not None and isinstance(named, str) and getattr(module, named, None) is x
    own = [f"{module.__name__}.{named}"] if known and module is not None else []
    return [*own, *(public_name(base) for base in cls.__mro__[:-1])]


def is_library(x: Any) -> bool:
    """Whether a function or class is defined in the library."""
    module = getattr(x, "__module__", None)
    return isinstance(module, str) and (module == ROOT or module.startswith(f"{ROOT}."))


def ufunc_name(ufunc: np.ufunc) -> str:
    """``scipy.special.gamma`` for a ufunc of the library; empty for NumPy's."""
    special = sys.modules.get(f"{ROOT}.special")
    return f"{ROOT}.special.{ufunc.__name__}" if special is not None and _among(special, ufunc) else ""


def _among(special: ModuleType, ufunc: np.ufunc) -> bool:
    named = vars(special).get(ufunc.__name__)
    return named is ufunc or any(found is ufunc for found in vars(special).values())
