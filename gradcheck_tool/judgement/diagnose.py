"""The simple mistakes, recognised at one point: what turns yours into the reference, said as one equation.

For functions that can be run at other points `gradcheck_tool.diagnosis` does better; this is what is left without.
A story is told only where it leaves no residual beyond rounding or the bar. One wrong entry alone is
never explained by a free number, because some number always fits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.diagnosis.rearranged import rearrangements
from gradcheck_tool.methods.estimate import Matrix

ROUNDING = 1e-9  # residual of a story with a free number, relative to what it explains
FEW_ULPS = 4 * 2.0**-52
MANY_INPUTS = 50  # beyond this some input fits by chance


@dataclass(frozen=True, slots=True)
class Pattern:
    """What turns yours into the reference: a code, one equation and how exactly it holds."""

    code: str
    equation: str
    residual: float  # largest distance left over, in units of the derivative
    free: bool = False  # holds a number that was fitted; from one point alone that is never told

    @property
    def line(self) -> str:
        """The equation with its residual, as the report prints it: no more than a look, for one point proves little."""
        left = "to the last bit" if self.residual == 0 else f"residual {self.residual:.1e}"
        return f"looks like {self.equation}   ({left}, at this point)"


@dataclass(frozen=True, slots=True)
class Mistake:
    """The numbers a story has to explain. Matrices have shape (m, n); `wrong` marks the entries to explain."""

    yours: Matrix
    right: Matrix
    bound: Matrix
    wrong: NDArray[np.bool_]
    names: Sequence[str]
    x: NDArray[np.float64] | None
    rtol: float
    label: str  # what the reference is called: AD, differences

    def sharp(self, share: float) -> bool:
        """Whether the bars on the wrong entries are at most `share` of the reference."""
        return bool(np.all(self.bound[self.wrong] <= share * np.abs(self.right[self.wrong])))

    def residual(self, explained: Matrix, slack: float, *, everywhere: bool = False) -> float | None:
        """The largest distance of `explained` from the reference; None where it is beyond bar and `slack`."""
        where = np.ones_like(self.wrong) if everywhere else self.wrong
        gap = np.abs(explained - self.right)[where]
        allowed = (self.bound + slack * np.abs(self.right))[where]
        return float(gap.max()) if gap.size and bool(np.all(gap <= allowed)) else None

    @property
    def several(self) -> bool:
        """Whether there is more than one entry to explain, so that a free number can be put to the test."""
        return int(self.wrong.sum()) > 1


def pattern(  # noqa: PLR0913 - what a story may refer to, each by its name
    yours: Matrix,
    reference: Matrix,
    bound: Matrix,
    *,
    wrong: NDArray[np.bool_] | None = None,
    names: Sequence[str] = (),
    x: NDArray[np.float64] | None = None,
    rtol: float = 5e-7,
    label: str = "AD",
) -> Pattern | None:
    """Find the simplest equation that turns `yours` into `reference`, shape (m, n); None: no simple pattern fits.

    `bound` is the bar of the reference, `wrong` marks the entries to be explained (default: those
    beyond bar and `rtol`), `names` the n inputs and `x` their values.
    """
    with np.errstate(all="ignore"):
        if wrong is None:
            larger = np.maximum(np.abs(yours), np.abs(reference))
            wrong = ~(np.abs(yours - reference) <= bound + rtol * larger)
        mistake = Mistake(yours, reference, bound, wrong, names, x, rtol, label)
        if not wrong.any() or not np.all(np.isfinite(yours[wrong]) & np.isfinite(reference[wrong])):
            return None
        return next((found for story in STORIES if (found := story(mistake)) is not None), None)


def _zero(mistake: Mistake) -> Pattern | None:
    zeros = mistake.yours[mistake.wrong] == 0
    if not bool(np.all(zeros)):
        return None
    return Pattern("GC105", f"yours is 0 in {_entries(mistake)}", 0.0)


def _entries(mistake: Mistake) -> str:
    count = int(mistake.wrong.sum())
    return "the wrong entry" if count == 1 else f"all {count} wrong entries"


def _sign(mistake: Mistake) -> Pattern | None:
    left = mistake.residual(-mistake.yours, mistake.rtol) if mistake.sharp(0.1) else None
    return None if left is None else Pattern("GC101", f"{mistake.label} = yours * -1", left)


def _factor(mistake: Mistake) -> Pattern | None:
    if not mistake.sharp(1e-3):
        return None
    for factor, words in _known_factors(*mistake.yours.shape):
        left = mistake.residual(mistake.yours * factor, mistake.rtol)
        if left is not None:
            return Pattern("GC102", f"{mistake.label} = yours {words}", left)
    return None


def _known_factors(m: int, n: int) -> Iterator[tuple[float, str]]:
    """Factors people lose, each with its inverse and how to write it."""
    named = [(2.0, "2"), (3.0, "3"), (4.0, "4"), (math.log(10), "ln 10"), (math.log(2), "ln 2"), (math.pi, "pi")]
    counts = ((n, "inputs"), (m, "outputs"))
    named += [(float(size), f"{size}, the number of {what}") for size, what in counts if size > 4]
    for factor, words in named:
        yield factor, f"* {words}"
        yield 1 / factor, f"/ {words}"
    for factor, words in named[:3]:
        yield -factor, f"* -{words}"
        yield -1 / factor, f"/ -{words}"
    yield math.pi / 180, "* pi / 180"
    yield 180 / math.pi, "* 180 / pi"
    yield 2 * math.pi, "* 2 * pi"
    yield 1 / (2 * math.pi), "/ (2 * pi)"


def _order(mistake: Mistake) -> Pattern | None:
    if not mistake.several or not mistake.sharp(1e-3):
        return None
    for code, words, moved in rearrangements(mistake.yours, mistake.names):
        left = mistake.residual(moved, mistake.rtol, everywhere=True)
        if left is not None:
            return Pattern(code, f"{mistake.label} = yours {words}", left)
    return None


def _swapped(mistake: Mistake) -> Pattern | None:
    """Two entries exchanged, or the wrong entries holding the right numbers in another order."""
    if not mistake.several or not mistake.sharp(1e-3):
        return None
    rank_yours = np.argsort(mistake.yours[mistake.wrong], kind="stable")
    rank_right = np.argsort(mistake.right[mistake.wrong], kind="stable")
    flat = np.empty_like(mistake.right[mistake.wrong])
    flat[rank_right] = mistake.yours[mistake.wrong][rank_yours]
    moved = mistake.yours.copy()
    moved[mistake.wrong] = flat
    left = mistake.residual(moved, mistake.rtol)
    if left is None:
        return None
    count = int(mistake.wrong.sum())
    words = "with the two wrong entries swapped" if count == 2 else f"with the {count} wrong entries in another order"
    return Pattern("GC108", f"{mistake.label} = yours {words}", left)


def _inner(mistake: Mistake) -> Pattern | None:
    """An input, or the derivative of its square or cube, as the factor that is missing or one too many."""
    x = mistake.x
    if x is None or x.size > MANY_INPUTS:
        return None
    alone = not mistake.several
    if not mistake.sharp(1e-12 if alone else 1e-6):
        return None
    found = []
    for factor, words in _inner_derivatives(mistake, x):
        for explained, sign in ((mistake.yours * factor, "*"), (mistake.yours / factor, "/")):
            left = mistake.residual(explained, FEW_ULPS if alone else ROUNDING)
            if left is not None:
                equation = f"{mistake.label} = yours {sign} {f'({words})' if sign == '/' and ' ' in words else words}"
                # An input too many is a factor written twice; in a lone entry it may as well be the point's doing.
                code = "GC103" if sign == "*" else "GC100" if alone else "GC102"
                found.append(Pattern(code, equation, left))
    return found[0] if len(found) == 1 else None


def _inner_derivatives(mistake: Mistake, x: NDArray[np.float64]) -> Iterator[tuple[Matrix, str]]:
    """Slopes of x**2/2, x**2 and x**3: of one input for all entries, and of each entry's own input."""
    for column, value in enumerate(x.tolist()):
        name = mistake.names[column]
        for factor, words in ((value, name), (2 * value, f"2 * {name}"), (3 * value * value, f"3 * {name}**2")):
            if factor != 0 and abs(factor) != 1 and math.isfinite(factor):
                yield np.full(mistake.yours.shape, factor), words
    own = np.broadcast_to(x, mistake.yours.shape)
    if len(set(np.abs(own[mistake.wrong]).tolist())) > 1:
        name = _parameter(mistake)
        yield from ((own, name), (2 * own, f"2 * {name}"), (3 * own**2, f"3 * {name}**2"))


def _ratio(mistake: Mistake) -> Pattern | None:
    """One free factor in all wrong entries."""
    if not mistake.several or not mistake.sharp(1e-6):
        return None
    largest = _largest(mistake, mistake.right)
    factor = float(mistake.right[largest] / mistake.yours[largest])
    left = mistake.residual(mistake.yours * factor, ROUNDING) if math.isfinite(factor) else None
    return None if left is None else Pattern("GC102", f"{mistake.label} = yours * {factor:.10g}", left, free=True)


def _term(mistake: Mistake) -> Pattern | None:
    """A missing term whose derivative is a multiple of the input: a quadratic penalty."""
    x = mistake.x
    if x is None or not mistake.several:
        return None
    inputs = np.broadcast_to(x, mistake.yours.shape)
    magnitudes = np.abs(inputs[mistake.wrong])
    if not np.all(magnitudes > 0) or magnitudes.max() <= magnitudes.min() * (1 + 1e-6):
        return None
    return _missing(mistake, inputs, f" * {_parameter(mistake)}")


def _offset(mistake: Mistake) -> Pattern | None:
    """The same number missing in every wrong entry: a term linear in the inputs."""
    return _missing(mistake, np.ones_like(mistake.yours), "") if mistake.several else None


def _missing(mistake: Mistake, direction: Matrix, words: str) -> Pattern | None:
    missing = mistake.right - mistake.yours
    largest = _largest(mistake, direction)
    amount = float(missing[largest] / direction[largest])
    noise = mistake.bound + FEW_ULPS * (np.abs(mistake.right) + np.abs(mistake.yours))
    if not bool(np.all(noise[mistake.wrong] <= 1e-6 * np.abs(missing)[mistake.wrong])):
        return None
    reach = noise[largest] / abs(direction[largest])
    gap = np.abs(missing - amount * direction)[mistake.wrong]
    allowed = (noise + reach * np.abs(direction) + ROUNDING * np.abs(missing))[mistake.wrong]
    if not bool(np.all(gap <= allowed)):
        return None
    return Pattern("GC104", f"{mistake.label} - yours = {amount:.10g}{words}", float(gap.max()), free=True)


def _largest(mistake: Mistake, values: Matrix) -> tuple[np.intp, ...]:
    return np.unravel_index(np.argmax(np.where(mistake.wrong, np.abs(values), -1)), values.shape)


def _parameter(mistake: Mistake) -> str:
    """The one parameter the wrong columns belong to; otherwise ``the inputs``."""
    columns: list[int] = np.flatnonzero(mistake.wrong.any(axis=0)).tolist()
    labels = {mistake.names[column].rpartition("[")[0] or mistake.names[column] for column in columns}
    return labels.pop() if len(labels) == 1 else "the inputs"


STORIES: tuple[Callable[[Mistake], Pattern | None], ...] = (
    _zero,
    _sign,
    _factor,
    _order,
    _swapped,
    _inner,
    _ratio,
    _term,
    _offset,
)
