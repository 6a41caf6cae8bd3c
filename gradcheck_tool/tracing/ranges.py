"""Twins of NumPy's ranges, whose ends may depend on the inputs: arange, linspace, logspace, geomspace.

They are not reached by protocols when an end is not the first argument, or is a number in a list.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.construct import bare, holds_recorded
from gradcheck_tool.tracing.recorder import Recorder
from gradcheck_tool.tracing.reductions import UnlikeNumPyError, as_array, patched
from gradcheck_tool.tracing.trace import Constant
from gradcheck_tool.tracing.ufuncs import inactive, refusal


def linspace(recorder: Recorder, start: Any, stop: Any, num: int = 50, endpoint: Any = True, retstep: Any = False,
             dtype: Any = None, axis: int = 0, *, device: Any = None) -> Any:  # fmt: skip
    """``np.linspace``: the two ends in proportion."""
    plain = (bare(recorder, start), bare(recorder, stop), num, endpoint)
    value: Any = np.linspace(*plain, dtype=dtype, axis=axis, device=device)
    if value.dtype.kind not in "fc":
        raise refusal(f"dtype={value.dtype} of numpy.linspace with ends that depend on the inputs")
    first, last = (as_array(recorder, x) for x in (start, stop))
    parts = max(num - 1 if endpoint else num, 1)
    share = _along_front(np.arange(num) / parts, first, last)
    result = patched(recorder, _placed(first * (1.0 - share) + last * share, axis), value)
    if not retstep:
        return result
    step = np.linspace(*plain, retstep=True)[1]
    return result, patched(recorder, (last - first) / (parts if num > 1 or not endpoint else np.nan), step)


def logspace(recorder: Recorder, start: Any, stop: Any, num: int = 50, endpoint: Any = True, base: Any = 10.0,
             dtype: Any = None, axis: int = 0) -> Any:  # fmt: skip
    """``np.logspace``: a base to the powers of a linear range."""
    plain = (bare(recorder, start), bare(recorder, stop), num, endpoint, bare(recorder, base))
    value = np.logspace(*plain, dtype=dtype, axis=axis)
    first, last, root = (as_array(recorder, x) for x in (start, stop, base))
    share = _along_front(np.arange(num) / max(num - 1 if endpoint else num, 1), first, last, root)
    return patched(recorder, _placed(np.power(root, first * (1.0 - share) + last * share), axis), value)


def geomspace(recorder: Recorder, start: Any, stop: Any, num: int = 50, endpoint: Any = True, dtype: Any = None,
              axis: int = 0) -> Any:  # fmt: skip
    """``np.geomspace`` between real ends of one sign: a linear range of their logarithms."""
    value = np.geomspace(bare(recorder, start), bare(recorder, stop), num, endpoint, dtype=dtype, axis=axis)
    first, last = (as_array(recorder, x) for x in (start, stop))
    sign = np.sign(recorder.number(first))
    share = _along_front(np.arange(num) / max(num - 1 if endpoint else num, 1), first, last)
    logs = np.log(sign * first) * (1.0 - share) + np.log(sign * last) * share
    return patched(recorder, _placed(sign * np.exp(logs), axis), value)


def _along_front(share: Any, *ends: Any) -> Any:
    """The shares along a new first axis, before the axes that the ends have."""
    return share.reshape(-1, *(1,) * max(np.ndim(end) for end in ends))


def _placed(rows: Any, axis: int) -> Any:
    return np.moveaxis(rows, 0, axis) if axis != 0 else rows


def arange(recorder: Recorder, *args: Any, **keywords: Any) -> Any:
    """``np.arange``: how many steps fit is a decision of the run."""
    value = np.arange(*(recorder.number(x) for x in args), **{k: recorder.number(x) for k, x in keywords.items()})
    if value.dtype.kind != "f":
        raise refusal(f"dtype={value.dtype} of numpy.arange with ends that depend on the inputs")
    named = (
        dict(zip(("start", "stop", "step"), args, strict=False)) if len(args) > 1 else dict.fromkeys(("stop",), *args)
    )
    named |= {name: x for name, x in keywords.items() if name in ("start", "stop", "step")}
    start, stop, step = named.get("start", 0.0), named.get("stop"), named.get("step", 1.0)
    start, stop = (0.0, start) if stop is None else (start, stop)
    fits = as_array(recorder, (stop - start) / step)
    if recorder.active(fits):
        recorder.guard("int", recorder.line(fits), Constant(len(value)), held=True)
    return patched(recorder, start + np.arange(len(value)) * step, value)


def fromiter(recorder: Recorder, iter: Any, dtype: Any, count: int = -1, **keywords: Any) -> Any:  # noqa: A002 - NumPy's name
    """``np.fromiter``: the numbers are collected first."""
    numbers = list(iter) if count < 0 else [x for x, _k in zip(iter, range(count), strict=False)]
    if not holds_recorded(numbers):
        return inactive(recorder, np.fromiter(numbers, dtype, count, **keywords))
    kind = np.dtype(recorder.number(dtype))
    if kind.kind != "f":
        raise refusal(f"dtype={kind} of numpy.fromiter of values that depend on the inputs", "use dtype=float")
    made = recorder.array(numbers)
    return made if made.dtype == kind else made.astype(kind)


RANGES: dict[str, Callable[..., Any]] = {
    "linspace": linspace,
    "logspace": logspace,
    "geomspace": geomspace,
    "arange": arange,
}


def listening(recorder: Recorder, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    """The twin of a range: NumPy's own for plain ends, ours where one depends on the inputs."""
    entry = RANGES[name]

    def twin(*args: Any, **keywords: Any) -> Any:
        if any(_depends(recorder, x) for x in (*args, *keywords.values())):
            try:
                return entry(recorder, *args, **keywords)
            except UnlikeNumPyError as unlike:
                raise refusal(f"numpy.{name} with these arguments") from unlike
        plain = (bare(recorder, x) if holds_recorded(x) else x for x in args)
        return inactive(recorder, original(*plain, **keywords))

    return twin


def _depends(recorder: Recorder, x: Any) -> bool:
    if type(x) in (list, tuple):
        return any(_depends(recorder, inner) for inner in x)
    return recorder.active(x)
