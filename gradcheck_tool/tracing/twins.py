"""Recording twins of what NumPy's protocols do not reach: `math`, constructors, functions of lists, `float`.

A twin behaves exactly like the original for plain arguments and on every other thread. The modules themselves
are never touched; twins stand in for them under the user's names while f runs.
"""

from __future__ import annotations

import math
from types import ModuleType
from typing import Any

import numpy as np

from gradcheck_tool.tracing.builtin_twins import float_twin, int_twin, type_twin
from gradcheck_tool.tracing.dispatch import Recording
from gradcheck_tool.tracing.library import entries
from gradcheck_tool.tracing.library.naming import is_library, public_name
from gradcheck_tool.tracing.library.twins import LibraryTwins
from gradcheck_tool.tracing.math_twins import math_twins
from gradcheck_tool.tracing.numpy_twins import listening, numpy_twins

_NUMPY_SUBMODULES = ("linalg", "fft")


class Twins:
    """All twins of one recorder, by the identity of the original they stand in for.

    The twins of a nested recording stand in for those of the enclosing one, and compute with them.
    """

    numpy: ModuleType
    math: ModuleType
    library: LibraryTwins

    def __init__(self, recorder: Recording, below: Twins | None = None) -> None:
        self.recorder = recorder
        self.below = below
        self.at_rest = 0  # references to the classes of recorded values while none exists
        self.of: dict[int, Any] = {}
        self.reaches: dict[Any, Any] = {}  # what lifting remembers of the functions it has seen
        self._keep: list[Any] = []
        math_twin = self._module(math, math_twins(recorder, math if below is None else below.math))
        numpy_names = numpy_twins(recorder, np if below is None else below.numpy)
        for name in _NUMPY_SUBMODULES:
            inner = getattr(np, name)
            numpy_names[name] = self._module(inner, listening(recorder, inner))
        self.numpy = self._module(np, numpy_names)
        self.library = LibraryTwins(recorder, None if below is None else below.library)
        self.math = math_twin
        numbers = {float: float_twin(recorder), int: int_twin(recorder), np.float64: numpy_names["float64"]}
        self.builtins: dict[str, Any] = {
            "float": numbers[float],
            "int": numbers[int],
            "type": type_twin(recorder, numbers),
        }

    def twin(self, x: Any) -> Any:
        """What stands for x while f runs; None where x stays as it is."""
        known = self.of.get(id(x))
        return self.library.twin(x) if known is None else known

    def target(self, function: Any) -> Any:
        """What is run to differentiate `function` itself: somebody may ask for math.sin or scipy.linalg.det."""
        if is_library(function) and public_name(function) in entries():
            return self.library.twin(function)
        return self.of.get(id(function), function)

    def _module(self, original: ModuleType, changed: dict[str, Any]) -> ModuleType:
        twin = ModuleType(original.__name__, original.__doc__)
        twin.__dict__.update(original.__dict__)
        twin.__dict__.update(changed)
        self._enter(original, twin)
        for name, replacement in changed.items():
            self._enter(getattr(original, name), replacement)
        return twin

    def _enter(self, original: Any, twin: Any) -> None:
        self.of[id(original)] = twin
        self._keep.append(original)
        if self.below is not None and id(original) in self.below.of:
            self.of[id(self.below.of[id(original)])] = twin
