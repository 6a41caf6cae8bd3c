"""Recording twins of what NumPy's protocols do not reach: `math`, constructors, functions of lists, `float`.

A twin behaves exactly like the original for plain arguments and on every other thread. The modules themselves
are never touched; twins stand in for them under the user's names while f runs.
"""

from __future__ import annotations

import cmath
import math
import sys
from types import ModuleType
from typing import Any

import numpy as np

from gradcheck_tool.tracing.builtin_twins import bytes_twin, eval_twin, float_twin, int_twin, type_twin
from gradcheck_tool.tracing.cmath_twins import cmath_twins, complex128_twin, complex_twin
from gradcheck_tool.tracing.dispatch import Recording
from gradcheck_tool.tracing.library import entries
from gradcheck_tool.tracing.library.naming import is_library, public_name
from gradcheck_tool.tracing.library.twins import LibraryTwins
from gradcheck_tool.tracing.math_twins import math_twins
from gradcheck_tool.tracing.number_twins import number_twins
from gradcheck_tool.tracing.numpy_twins import listening, numpy_twins
from gradcheck_tool.tracing.random_twins import random_twins
from gradcheck_tool.tracing.shadow import Shadow
from gradcheck_tool.tracing.standard_twins import home, standard_twins

_NUMPY_SUBMODULES = ("linalg", "fft")
_SHADOWED = ("numpy.polynomial", "numpy.lib.")
_NUMPY_SHADOWS = ("lib", "polynomial")


class Twins:
    """All twins of one recorder, by the identity of the original they stand in for.

    The twins of a nested recording stand in for those of the enclosing one, and compute with them.
    """

    numpy: ModuleType
    math: ModuleType
    cmath: ModuleType
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
        numpy_numbers = number_twins(recorder)
        numpy_names |= numpy_numbers
        numpy_names["complex128"] = numpy_names["cdouble"] = complex128_twin(recorder)
        for name in _NUMPY_SUBMODULES:
            inner = getattr(np, name)
            numpy_names[name] = self._module(inner, listening(recorder, inner))
        recorder.shadow = self.shadow = Shadow(recorder, self.of, lambda: self.builtins)
        for name in _NUMPY_SHADOWS:
            numpy_names[name] = self.shadow.module(getattr(np, name))
        numpy_names["poly1d"] = self.shadow.poly1d()
        numpy_names["random"] = self._module(np.random, random_twins(recorder))
        self.numpy = self._module(np, numpy_names)
        self.cmath = self._module(cmath, cmath_twins(recorder, cmath if below is None else below.cmath))
        self.library = LibraryTwins(recorder, None if below is None else below.library)
        self.math = math_twin
        numbers = {
            float: float_twin(recorder),
            int: int_twin(recorder),
            complex: complex_twin(recorder),
            np.float64: numpy_names["float64"],
            np.complex128: numpy_names["complex128"],
            **{getattr(np, name): twin for name, twin in numpy_numbers.items()},
        }
        self.builtins: dict[str, Any] = {
            "float": numbers[float],
            "int": numbers[int],
            "complex": numbers[complex],
            "type": type_twin(recorder, numbers),
            "eval": eval_twin(recorder),
            **{kind.__name__: bytes_twin(recorder, kind) for kind in (bytes, bytearray, memoryview)},
        }

    def twin(self, x: Any) -> Any:
        """What stands for x while f runs; None where x stays as it is."""
        known = self.of.get(id(x))
        if known is None and (module := home(x)) and id(sys.modules[module]) not in self.of:
            self._module(sys.modules[module], standard_twins(self.recorder, module))
            known = self.of.get(id(x))
        if known is None and str(getattr(x, "__module__", None) or getattr(x, "__name__", "")).startswith(_SHADOWED):
            twin = self.shadow.twin(x)
            return None if twin is x else twin
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
