"""What to do where a function of SciPy meets a recorded value: entries by dotted name, one file per part of SciPy.

SciPy's functions are Python around compiled code and know nothing of NumPy's protocols. `twins.py` puts twins in
their place while f runs; this table says what a twin records. A function without an entry is refused by name.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any

Entry = Callable[..., Any]


@cache
def entries() -> dict[str, Entry]:
    """All entries by the dotted public name of what they stand for, ``"scipy.linalg.expm"``.

    A name may also be a method, ``"scipy.interpolate.CubicSpline.__call__"`` or ``"scipy.stats.norm.pdf"``; its
    entry is given the plain object after the recorder.
    """
    found: dict[str, Entry] = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("scipy_"):
            found |= importlib.import_module(f"{__name__}.{module.name}").ENTRIES
    return found
