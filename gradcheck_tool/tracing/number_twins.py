"""Recording twins of NumPy's number classes: ``np.float32(x)`` keeps the record, ``np.int64(x)`` is a decision."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.tracing import construct
from gradcheck_tool.tracing.builtin_twins import Disguised
from gradcheck_tool.tracing.dispatch import Recording, to_number

_KINDS = (np.float16, np.float32, np.longdouble, np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32,
          np.uint64)  # fmt: skip


def number_twins(recorder: Recording) -> dict[str, type]:
    """The twins by all names NumPy has for a class: ``float32``, ``single``."""
    twins = {kind: _twin(recorder, kind) for kind in _KINDS}
    return {name: twins[kind] for name, kind in vars(np).items() if isinstance(kind, type) and kind in twins}


def _twin(recorder: Recording, original: Any) -> type:
    whole = issubclass(original, np.integer)

    def make(_cls: Any, x: Any = 0, *rest: Any) -> Any:
        if not construct.holds_recorded(x):
            return original(x, *rest)
        if type(x) is not recorder.Array and not isinstance(x, np.number | float | int):
            x = recorder.array(x)
        if not recorder.active(x):
            return original(recorder.number(x))
        if np.ndim(recorder.number(x)):
            return x.astype(original)
        return original(int(x)) if whole else to_number(recorder, x, original)

    return Disguised(original.__name__, (original,), {"original": original, "__new__": make})
