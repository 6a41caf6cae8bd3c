"""Traps for a comparison in exact arithmetic, read off a trace: inner iterations and single precision.

The recorded derivative of an iteration is that of the steps that were made. It lags behind the derivative of the
limit (Christianson 1994, "Reverse accumulation and attractive fixed points"), so a hand-written derivative of the
limit, which is right, differs from it by what the last steps left over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise, Leaf
from gradcheck_tool.tracing.place import path_line
from gradcheck_tool.tracing.trace import Constant, Trace

LEAST_STEPS = 5
LEAST_WATCHED = 3  # the same where a residual decides when to stop
CLOSE = 0.02  # relative; a derivative further from its limit than this is no approximation of it
CONTRACTING = 0.9  # moves that shrink by less than this are no iteration towards a limit
STILL = 1e-15  # a relative move this small is rounding
_SINGLE = (np.dtype(np.float32), np.dtype(np.float16))
_ADDING = frozenset({"add", "sub", "neg", "pos"})
_FEW_BITS = 2.0**-16  # a number of 24 bits that needs more than these was rounded, not chosen


def iteration(trace: Trace) -> str:
    """``path:line`` of what looks like an inner iteration of the run; empty where nothing does.

    Either one comparison was taken more than once with different outcomes (a loop that stops on a residual, a
    bisection), or one place of the code computed a number, other than by adding, from what it had computed itself
    before (a fixed number of fixed-point or Newton steps, an integrator). Some loops that are no iterations are
    taken for one; the price is silence about tiny differences.
    """
    return _decided_twice(trace) or _fed_back(trace)


def _decided_twice(trace: Trace) -> str:
    seen: dict[tuple[int, int], Any] = {}
    flat = trace.flags
    for held, code, offset in zip(*(flat[k::7] for k in (4, 5, 6)), strict=True):
        place, outcome = (id(code), offset), _outcome(held)
        if seen.setdefault(place, outcome) != outcome:
            return path_line(code, offset) or "a loop"
    return ""


def _outcome(held: Any) -> bytes:
    return np.asarray(held).tobytes()


def _fed_back(trace: Trace) -> str:
    """Lines carry the set of places behind them as the bits of one number."""
    bit: dict[tuple[int, int], int] = {}
    behind = [0] * len(trace)
    for k in range(trace.inputs, len(trace)):
        before = 0
        for line in operands(trace, k):
            before |= behind[line]
        row = ROWS[trace.operation[k] >> 3]
        if isinstance(row, Elementwise | Leaf) and row.name not in _ADDING and row.name not in ("assemble", "numbers"):
            own = bit.setdefault((id(trace.code[k]), trace.offset[k]), 1 << len(bit))
            if before & own:
                return trace.where(k) or "a loop"
            before |= own
        behind[k] = before
    return ""


@dataclass(frozen=True, slots=True)
class Lag:
    """An iteration that was stopped while it still moved: where, and how far the derivative may be from its limit."""

    where: str
    move: float  # of the last step, relative
    derivative: float  # relative


def lag(trace: Trace) -> Lag | None:
    """The iteration of a run that converges and was stopped first, if there is one.

    One place of the code computes a number from what it computed before, and its moves shrink like a geometric
    series, towards a limit that is not 0. The error of the derivative is that of the value times the number of steps,
    up to a factor near 1 (measured for x*cos(v): 4 to 2 times the number of steps, for 1 to 60 steps).
    """
    runs: dict[tuple[int, int], list[int]] = {}
    for k in range(trace.inputs, len(trace)):
        runs.setdefault((id(trace.code[k]), trace.offset[k]), []).append(k)
    least = LEAST_WATCHED if _decided_twice(trace) else LEAST_STEPS
    found = [_lag_of(trace, lines) for lines in runs.values() if len(lines) >= least]
    known = [each for each in found if each is not None]
    if not known or not _fed_back(trace):
        return None
    return max(known, key=lambda each: each.derivative)


def _lag_of(trace: Trace, lines: list[int]) -> Lag | None:
    values = [trace.value[k] for k in lines]
    if any(np.shape(value) != np.shape(values[0]) for value in values):
        return None
    with np.errstate(all="ignore"):
        steps = np.array([np.asarray(value, dtype=complex) for value in values])
        moves = np.abs(np.diff(steps, axis=0)).reshape(len(values) - 1, -1).max(axis=1, initial=0.0)
        size = float(np.abs(steps[-1]).max(initial=0.0))
        ratios = moves[1:][-3:] / moves[:-1][-3:]
    if not (size > 0 and np.all(np.isfinite(ratios)) and np.all(ratios < CONTRACTING) and moves[-1] > 0):
        return None
    move = float(moves[-1] / size)
    left_over = move * float(ratios.max() / (1 - ratios.max()))
    derivative = 4 * len(lines) * left_over
    if move <= STILL or derivative >= CLOSE:
        return None
    return Lag(trace.where(lines[-1]) or "a loop", move, derivative)


def operands(trace: Trace, k: int) -> list[int]:
    """The lines that line k reads."""
    first, second, operation = trace.first[k], trace.second[k], trace.operation[k]
    if isinstance(first, tuple):
        return [ref for ref in first if type(ref) is int]
    if isinstance(ROWS[operation >> 3], Elementwise):
        return [ref for ref, read in ((first, operation & 1), (second, operation & 2)) if read]
    return [first]


def single_precision(trace: Trace) -> str:
    """``path:line`` of the first number in float32 or float16; empty where none is."""
    for k in range(trace.inputs, len(trace)):
        numbers = (trace.value[k], *constants(trace, k))
        if any(getattr(number, "dtype", None) in _SINGLE for number in numbers):
            return trace.where(k) or "single precision"
    return ""


def coarse_constants(trace: Trace) -> bool:
    """Whether a constant of the run looks as if it had gone through single precision: of 24 bits, and not of few."""
    return any(_coarse(x) for k in range(trace.inputs, len(trace)) for x in constants(trace, k))


def constants(trace: Trace, k: int) -> list[Any]:
    """The operands of line k that do not depend on the inputs."""
    first, second, operation = trace.first[k], trace.second[k], trace.operation[k]
    if isinstance(first, tuple):
        return [ref.value for ref in first if isinstance(ref, Constant)]
    if isinstance(ROWS[operation >> 3], Elementwise):
        read = ((first, operation & 1), (second, operation & 2))
        return [ref for ref, line in read[: len(ROWS[operation >> 3].operands)] if not line]  # type: ignore[union-attr]  # Elementwise
    return []


def _coarse(constant: Any) -> bool:
    if not isinstance(constant, float) or constant - constant != 0 or constant == int(constant):
        return False
    mantissa = float(np.frexp(constant)[0])
    return float(np.float32(mantissa)) == mantissa and mantissa % _FEW_BITS != 0
