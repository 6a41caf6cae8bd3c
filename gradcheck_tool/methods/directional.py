"""Many inputs: random directions instead of every column, and halving to name the entries that are wrong.

Along a direction v with entries of plus or minus the size of each input, ``J @ v`` is one number per output,
whatever the number of inputs, and an error in one entry shows in it. Where it disagrees with what is claimed, the
direction is cut in halves until single inputs are left: an error is named with about ``log2 n`` short measurements.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.methods.differences import METHOD, along
from gradcheck_tool.methods.estimate import Declined, Estimate, Matrix, Remark
from gradcheck_tool.methods.ladder import UNIT, Row, Settled, climb, settle
from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.subject.problem import Problem

FEW = 8
"""How many entries are looked at one by one; with more of them wrong, the rest is left open."""

DIRECTIONS = 2

SLACK = 1e-13
"""What rounding may do to the sum of so many claimed entries, relative to the sum of their sizes."""

SHARP = 0.05
"""The widest bar, relative to the sum of the sizes of the terms, with which a direction confirms anything."""

MISREAD = 1e-6
"""What an iteration inside f may leave between its derivative and its values, relative to the sum of the sizes."""

CONFIRMED = "confirmed"
"""The kind of the remark that says: what reads the recording agreed with f along every direction."""

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Claims:
    """What is known without differences, shape (m, n) each: what is under test, and what the recording says.

    `recorded` is None where there is no recording; `bound` is how far rounding may have moved it. `rtol` is the
    relative distance from which two entries count as different.
    """

    yours: Matrix
    recorded: Matrix | None = None
    bound: Matrix | None = None
    rtol: float = 5e-7

    @property
    def contested(self) -> list[int]:
        """The inputs in which yours and the recording differ most, beyond rounding, at most `FEW`."""
        if self.recorded is None or self.bound is None:
            return []
        with np.errstate(all="ignore"):
            gap = np.abs(self.yours - self.recorded)
            size = np.maximum(np.abs(self.yours), np.abs(self.recorded))
            excess = np.where(gap > self.bound + self.rtol * size, gap / size, 0.0)
        worst = np.max(np.where(np.isnan(self.yours), np.inf, excess), axis=0, initial=0.0)
        return [int(column) for column in np.argsort(-worst, kind="stable")[:FEW] if worst[column] > 0]


@dataclass(frozen=True, slots=True)
class _Compared:
    """What differences and the claim say along one direction, per output: the gap and what it may be."""

    gap: Vector
    bar: Vector

    @property
    def apart(self) -> bool:
        """Whether any output lies outside its bar."""
        return bool(np.any(np.abs(self.gap) > self.bar))


Measured = list[tuple[Vector, Settled]]
"""Directions and the slopes along them."""


def directional(  # noqa: PLR0913, PLR0917 - the function, what is claimed, and what is known about noise and branches
    problem: Problem,
    claims: Claims,
    noise: Vector | None,
    reach: float = np.inf,
    kinks: tuple[int, ...] = (),
    seed: int = 0,
) -> Estimate | Declined:
    """The claimed Jacobian, shape (m, n), with the bar that random directions give it, and measured where they deny it.

    Parameters
    ----------
    claims
        Where the recording agrees with differences along all directions, what it says is their answer too; else
        what is under test. The bar of an entry is then that of the whole direction: errors of two entries cancel
        in both directions with probability zero only. The inputs in which the two claims differ are measured.
    noise
        How far rounding moves each output, shape (m,); None: a few units in the last place.
    reach
        The longest step, in units of each input's size, that stays on this side of every branch.
    kinks
        Inputs along which a branch is decided at equality: the first few are measured one by one.
    """
    began, before = time.perf_counter(), problem.evaluations
    floor = UNIT * np.abs(problem.y) if noise is None else np.maximum(noise, UNIT * np.abs(problem.y))
    search = _Search(problem, floor, reach)
    measured = search.directions(seed, kinks)
    confirmed = _confirms(problem, claims.recorded, claims.bound, measured)
    claimed = claims.recorded if confirmed and claims.recorded is not None else claims.yours
    if not np.all(np.isfinite(claimed)):
        return Declined(METHOD, "entries that are not finite have no sum along a direction", "mend those first")
    columns = [*kinks[:FEW], *(claims.contested if confirmed else ())]
    bars, culprits = search.judged(claimed, measured, confirmed=confirmed)
    jacobian = claimed.copy()
    remarks: list[Remark] = []
    for column in sorted({*columns, *culprits}):
        own = along(problem, column, noise)
        jacobian[:, column], bars[:, column] = own.slope, own.bar
        remarks += own.remarks
    bars[:, list(kinks[FEW:])] = np.inf
    if confirmed:
        remarks.append(Remark(-1, -1, CONFIRMED, "the recording agrees with f along random directions"))
    remarks.append(Remark(-1, -1, "directional", _sentence(problem.x.size)))
    return Estimate(
        METHOD,
        jacobian,
        bars,
        shares=("f",),
        evaluations=problem.evaluations - before,
        seconds=time.perf_counter() - began,
        remarks=tuple(remarks),
    )


def confirmed_by(estimate: Estimate) -> bool:
    """Whether these differences confirmed the recording along their directions."""
    return any(remark.kind == CONFIRMED for remark in estimate.remarks)


def is_directional(estimate: Estimate) -> bool:
    """Whether these differences were taken along random directions."""
    return any(remark.kind == "directional" for remark in estimate.remarks)


def _confirms(problem: Problem, recorded: Matrix | None, bound: Matrix | None, measured: Measured) -> bool:
    """Whether the recording agrees with the slope along every direction that settled, and one at least did."""
    if recorded is None or bound is None:
        return False
    seen = False
    for direction, settled in measured:
        with np.errstate(all="ignore"):
            expected = recorded @ direction
            sizes = np.abs(recorded) @ np.abs(direction)
            allowed = settled.bar + np.minimum(bound, np.abs(recorded)) @ np.abs(direction)
            sharp = settled.bar <= np.maximum(SHARP * sizes, MISREAD * np.abs(problem.y))
            apart = np.abs(settled.value - expected) > allowed + MISREAD * sizes
        if np.any(apart & sharp):
            return False
        seen = seen or bool(np.any(sharp & np.isfinite(expected)))
    return seen


class _Search:
    """Measurements along whole directions and along parts of them."""

    def __init__(self, problem: Problem, noise: Vector, reach: float) -> None:
        self.problem = problem
        self.noise = noise
        self.reach = reach

    def directions(self, seed: int, kinks: tuple[int, ...]) -> Measured:
        """Random directions that leave out the inputs with a kink, and the slopes along them by a ladder."""
        found: Measured = []
        for k in range(DIRECTIONS):
            direction = signs(self.problem.x, seed + k)
            direction[list(kinks)] = 0.0
            found.append((direction, settle(self._row(direction), 1.0, 4, self.reach)))
        return found

    def judged(self, claimed: Matrix, measured: Measured, *, confirmed: bool) -> tuple[Matrix, list[int]]:
        """The bar of each entry, shape (m, n), and the inputs whose claimed entries explain a disagreement."""
        bars = np.full(claimed.shape, np.inf)
        for direction, settled in measured:
            whole = _compared(claimed, direction, settled)
            with np.errstate(all="ignore"):
                # A distance that is within the bar, or is granted to the recording, counts as part of it.
                own = np.abs(whole.gap) + whole.bar if confirmed else whole.bar
                bars = np.minimum(bars, own[:, None] / np.abs(direction))
            if whole.apart and not confirmed:
                found, left = self.culprits(claimed, direction, whole)
                # What halving left unexplained belongs to entries nobody has named.
                bars[left] = np.inf
                return bars, found
        bars[np.isnan(bars)] = np.inf
        return bars, []

    def culprits(self, claimed: Matrix, direction: Vector, whole: _Compared) -> tuple[list[int], NDArray[np.bool_]]:
        """The inputs whose claimed entries explain the disagreement, at most `FEW`, found by halving.

        One half is measured, the other is what is left; a half that denies its claim is cut again. The outputs
        with parts that were not looked into are marked, shape (m,).
        """
        parts: list[tuple[Places, _Compared]] = [(np.flatnonzero(direction), whole)]
        found: list[int] = []
        while parts and len(found) < FEW:
            places, compared = parts.pop()
            if places.size == 1:
                found.append(int(places[0]))
                continue
            first, second = np.array_split(places, 2)
            measured = self._part(claimed, direction, first)
            rest = _Compared(compared.gap - measured.gap, compared.bar + measured.bar)
            if not (measured.apart or rest.apart):
                rest = self._part(claimed, direction, second)
            parts += [part for part in ((first, measured), (second, rest)) if part[1].apart]
        left = np.zeros(self.noise.shape, dtype=bool)
        for _, compared in parts:
            left |= np.abs(compared.gap) > compared.bar
        return sorted(found), left

    def _part(self, claimed: Matrix, direction: Vector, places: Places) -> _Compared:
        """The claim about some of the inputs beside a short ladder along them."""
        part = np.zeros_like(direction)
        part[places] = direction[places]
        start = min(2.0**-4, self.reach)
        return _compared(claimed, part, climb(self._row(part), start, 4, rows=8))

    def _row(self, direction: Vector) -> Row:
        problem = self.problem

        def row(h: float) -> tuple[Vector, Vector]:
            upper, lower = problem.evaluate(problem.x + h * direction), problem.evaluate(problem.x - h * direction)
            with np.errstate(all="ignore"):
                noise = np.maximum(self.noise, UNIT * np.maximum(np.abs(upper), np.abs(lower)))
                return (upper - lower) / (2 * h), noise / h

        return row


def _compared(claimed: Matrix, direction: Vector, settled: Settled) -> _Compared:
    """The ladder's answer beside the claimed one."""
    with np.errstate(all="ignore"):
        rounding = SLACK * (np.abs(claimed) @ np.abs(direction))
        return _Compared(settled.value - claimed @ direction, settled.bar + rounding)


def signs(x: Vector, seed: int) -> Vector:
    """A direction with entries of plus or minus the size of each input, rounded down to a power of two."""
    chosen = np.random.default_rng(seed).choice((-1.0, 1.0), size=x.size)
    with np.errstate(all="ignore"):
        size = np.where(np.abs(x) > 1e-300, 2.0 ** np.floor(np.log2(np.abs(x))), 1.0)
    return np.asarray(chosen * size)


def _sentence(n: int) -> str:
    return f"{n} inputs: differences saw them together, along random directions; --full takes each alone"
