"""Edits that bring something in: a factor or a term at an operation or one of its operands, another number or value.

What a place needs is solved for at each point (`needed`), and then looked for among what is at hand (`pool`).
"""

from __future__ import annotations

import math
import operator
import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.diagnosis.edits import Edit
from gradcheck_tool.diagnosis.needed import Found, recognised, solved, solved_entries, spelled
from gradcheck_tool.diagnosis.phrases import (
    constant_said,
    other_said,
    place_of,
    product,
    said,
    turned_said,
)
from gradcheck_tool.diagnosis.pool import Pool, Value
from gradcheck_tool.diagnosis.replay import Replay
from gradcheck_tool.diagnosis.sites import Site, Target, constant_operand, reads, targets
from gradcheck_tool.diagnosis.source import expression

Array = NDArray[Any]
NUMBER, CONSTANT, TERM, VALUE, REPLACED, SECOND = 1.8, 1.4, 2.2, 2.0, 1.7, 0.5
UNKNOWN = 0.6  # what a number costs that nobody recognises
SLOT = 0.1
AGAIN = 3  # entries whose equation is solved, until a solution fits all: some have a second one that is not meant
LOOSE = 1e-6  # a solution is looked at where it gives all entries this well; the edit itself is held to more
OPERATORS = {"/": operator.truediv, "-": operator.sub}
ARRAYS = 24  # arrays tried at each place where the amounts cannot be solved for entry by entry


class Insertions:
    """The edits that bring something in, for one formula.

    Parameters
    ----------
    replay
        The formula at the points of the search, then at the fresh ones.
    right, wrong
        What the result should be, shape (N, P), and which entries are wrong, shape (N,).
    searched
        How many of the points belong to the search.
    """

    def __init__(  # noqa: PLR0913 - what a search is about
        self, replay: Replay, values: Pool, right: Array, wrong: NDArray[np.bool_], *, searched: int, deadline: float
    ) -> None:
        self.replay = replay
        self.values = values
        self.right = right
        self.wrong = wrong
        self.searched = searched
        self.deadline = deadline
        self.now = replay.part(range(searched))
        self.tried = 0
        self.numbers = np.array([value.numbers for value in values.numbers]).reshape(-1, replay.points)
        self.size = max(1, int(wrong.size))
        self.generic = 1 if searched > 1 else 0  # the tested point is often special, a neighbour is not
        self.entries = self._clearest()
        self.finished = True
        self.loops: dict[int, list[Site]] = {}

    def edits(self, found: Sequence[Site]) -> Iterator[Edit]:
        """All edits whose amounts were recognised at the points of the search; they are not verified yet."""
        tried = [target for site in found for target in targets(self.replay, site)]
        for target, amounts in self._solved(tried):
            yield from self._explained(target, amounts)
        for site in found:
            if time.perf_counter() > self.deadline:
                self.finished = False
                return
            if site.shape and len(site.lines) == 1:
                yield from self._entry_by_entry(site)

    # --- numbers: one amount at each point ---------------------------------------------------------------------------

    def _solved(self, tried: list[Target]) -> Iterator[tuple[Target, Array]]:
        """The targets where one amount at each point makes all entries right, with the amounts, shape (P,)."""
        goal = self.right[:, : self.searched]
        width = self._width()
        for start in range(0, len(tried), width):
            if time.perf_counter() > self.deadline:
                self.finished = False
                return
            portion = tried[start : start + width]
            self.tried += len(portion)
            for entry in self.entries[:AGAIN]:
                amounts = solved(self.now, portion, goal, entry)
                fits = self._fit(self.now.run([target.family(amounts[k][:, None]) for k, target in enumerate(portion)]))
                yield from ((target, amounts[k]) for k, target in enumerate(portion) if fits[k])
                portion = [target for k, target in enumerate(portion) if not fits[k]]
                if not portion:
                    break

    def _width(self) -> int:
        """How many candidates are replayed at once."""
        return max(1, int(6_000_000 / (8 * max(1, self.now.weight))))

    def _fit(self, results: Array) -> NDArray[np.bool_]:
        """Which candidates come close to the derivative in all entries at the points of the search."""
        goal = self.right[:, : self.searched, None]
        with np.errstate(all="ignore"):
            near = np.abs(results - goal) <= LOOSE * np.abs(goal) + 1e-12 * np.abs(goal).max()
        return np.asarray(near.all(axis=(0, 1)))

    def _clearest(self) -> list[int]:
        """The wrong entries, those first that are clearly wrong at every point."""
        goal = self.right[:, : self.searched]
        base = self.now.results()[..., 0]
        with np.errstate(all="ignore"):
            relative = np.abs(base - goal) / np.maximum(np.abs(base), np.abs(goal))
        clear = np.nan_to_num(relative).min(axis=1)
        return sorted(np.flatnonzero(self.wrong).tolist(), key=lambda entry: -clear[entry])

    def _explained(self, target: Target, amounts: Array) -> Iterator[Edit]:
        usable = self._usable(target.site, self.values.numbers)
        numbers = self.numbers[usable]
        for found in recognised(amounts, numbers[:, : self.searched], inverse=target.scale):
            yield from self._made(target, found, [self.values.numbers[k] for k in usable])
        if target.scale:
            yield from self._one_more(target, amounts, [self.values.numbers[k] for k in usable])
        if not target.scale and target.site.single:
            yield from self._instead(target, amounts, [self.values.numbers[k] for k in usable])

    def _one_more(self, target: Target, amounts: Array, values: list[Value]) -> Iterator[Edit]:
        """A factor such as ``1 - v``: a value with 1 added or taken away."""
        numbers = np.array([value.numbers[: self.searched] for value in values]).reshape(-1, self.searched)
        for added, text in ((1.0, "{} + 1"), (-1.0, "{} - 1")):
            for found in recognised(amounts, numbers + added, inverse=False, pairs=False):
                if found.factors:
                    near = values[found.factors[0][0]]
                    shifted = Value(
                        text.format(near.text), near.cost + 0.4, near.numbers + added, near.line, near.spelled
                    )
                    yield from self._made(target, Found(found.number, ((0, 1),)), [shifted])

    def _instead(self, target: Target, amounts: Array, values: list[Value]) -> Iterator[Edit]:
        """Another value in the place of the one that stands there, or the one that stands there taken from another."""
        own = target.value(self.replay)
        numbers = np.array([value.numbers[: self.searched] for value in values]).reshape(-1, self.searched)
        needed = amounts + own[: self.searched]
        if target.role is not None or target.site.row is None or target.site.row.name == "getitem":
            for found in recognised(needed, numbers, inverse=False, pairs=False):
                if found.factors:
                    yield from self._replaced(target, found, values)
        if target.role is None:
            for series, sign in ((needed + own[: self.searched], "-"), (needed * own[: self.searched], "/")):
                for found in recognised(series, numbers, inverse=False, pairs=False):
                    if found.factors:
                        yield from self._reflected(target, found, values, sign)

    def _reflected(self, target: Target, found: Found, values: list[Value], sign: str) -> Iterator[Edit]:
        value, own = values[found.factors[0][0]], target.value(self.replay)
        for number, text, price in self._spellings(found.number):
            with np.errstate(all="ignore"):
                new = OPERATORS[sign](number * value.numbers, own)
            cost = VALUE + 0.15 + value.cost + 2 * UNKNOWN * price
            first = product(text, [(value, 1)]).strip("`")
            yield self._edit(target, new - own, cost, turned_said(target, first, sign))

    def _usable(self, site: Site, values: Sequence[Value]) -> NDArray[np.intp]:
        """Values known where the site is computed."""
        first = min(site.lines)
        return np.array([k for k, value in enumerate(values) if value.line < first], dtype=np.intp)

    def _made(self, target: Target, found: Found, values: list[Value]) -> Iterator[Edit]:
        used = [(values[k], power) for k, power in found.factors]
        for number, text, price in self._spellings(found.number):
            amounts = number * math.prod(
                (value.numbers ** float(power) for value, power in used), start=np.ones(self.replay.points)
            )
            constant = constant_operand(self.replay, target)
            if not used and constant is not None and target.scale:
                meant, shown, far = spelled(constant * number, self.size, ())
                decimal = f"{meant:.10g}"
                shown = decimal if len(decimal) <= len(shown) + 2 else shown
                cost, say = CONSTANT + far, constant_said(target, constant, shown)
                amounts = np.full(self.replay.points, meant / constant)
            elif not used:
                if number == (1.0 if target.scale else 0.0):
                    continue
                cost = (NUMBER if target.scale else TERM) + UNKNOWN * price
                say = said(target, text, [], number)
            else:
                cost = VALUE + sum(value.cost for value, _ in used) + UNKNOWN * price + SECOND * (len(used) - 1)
                say = said(target, text, used, number)
            yield self._edit(target, amounts, cost, say)

    def _replaced(self, target: Target, found: Found, values: list[Value]) -> Iterator[Edit]:
        value = values[found.factors[0][0]]
        if not math.isclose(abs(found.number), 1.0, rel_tol=1e-6) and constant_operand(self.replay, target) is not None:
            return  # a factor beside the number says it better
        for number, text, price in self._spellings(found.number):
            amounts = number * value.numbers - target.value(self.replay)
            cost = REPLACED + value.cost + 2 * UNKNOWN * price
            yield self._edit(target, amounts, cost, other_said(target, text, value))

    def _spellings(self, number: float) -> Iterator[tuple[float, str, float]]:
        meant, text, price = spelled(number, self.size, self.values.constants)
        yield meant, text, price
        if meant != number and abs(meant - number) > 1e-11 * abs(number):
            yield number, f"{number:.10g}", 1.0

    def _edit(self, target: Target, amounts: Array, cost: float, say: Any) -> Edit:
        site = target.site
        extra = SLOT if site.row is None else 0.0
        return Edit(cost + extra, site, target.family(amounts[..., None]), say, lambda: place_of(target))

    # --- arrays ------------------------------------------------------------------------------------------------------

    def _entry_by_entry(self, site: Site) -> Iterator[Edit]:
        """An array with as many entries as the result, each of which moves its own entry."""
        goal = self.right[:, : self.searched]
        if int(np.prod(site.shape)) != len(goal):
            return
        shape = (*site.shape, self.searched)
        usable = [
            value for value in (*self.values.arrays, *self.values.numbers)
            if value.line < site.lines[0] and value.numbers.shape[:-1] in (site.shape, ())
        ]  # fmt: skip
        matrix = np.array([np.broadcast_to(v.numbers[..., : self.searched], shape).ravel() for v in usable])
        targets = [Target(site, None, "*"), Target(site, None, "+")]
        if site.row is not None and site.row.name in ("add", "sub"):
            targets += [Target(site, role, "*") for role in site.roles]
        for target in targets:
            amounts = solved_entries(self.now, target, goal)
            self.tried += 1
            if amounts is None or not np.all(np.isfinite(amounts)):
                continue
            for found in recognised(amounts.ravel(), matrix.reshape(len(usable), -1), inverse=target.scale):
                if found.factors:
                    yield from self._made(target, found, usable)

    def _multiples(self, site: Site) -> Iterator[tuple[Target, Value, str]]:
        """An array, or a number from the same turn of the loop, times one number: as factor, divisor and term."""
        for value, turns in self._beside(site):
            with np.errstate(all="ignore"):
                inverse = tuple(1 / turn for turn in turns)
            for role in (None, *site.roles):
                yield Target(site, role, "*", turns), value, "*"
                yield Target(site, role, "*", inverse), value, "/"
                yield Target(site, role, "+", turns), value, "+"

    def multiples(self, found: Sequence[Site], every: Sequence[Site]) -> Iterator[Edit]:
        """Edits that bring in a multiple of an array, or of another number of the same turn of a loop.

        The multiple is solved for at one point and held against the others.
        """
        for site in (*every, *reads(self.replay.trace)):
            self.loops.setdefault(len(site.lines), []).append(site)
        tried = [entry for site in found if site.shape or len(site.lines) > 1 for entry in self._multiples(site)]
        one = self.replay.part([self.generic])
        goal = self.right[:, : self.searched]
        width = self._width()
        for start in range(0, len(tried), width):
            if time.perf_counter() > self.deadline:
                self.finished = False
                return
            portion = tried[start : start + width]
            amounts = solved(one, [target for target, _, _ in portion], goal[:, [self.generic]], self.entries[0])[:, 0]
            self.tried += len(portion)
            usable = [k for k in range(len(portion)) if np.isfinite(amounts[k])]
            everywhere = [portion[k][0].family(np.full((self.searched, 1), amounts[k])) for k in usable]
            fits = self._fit(self.now.run(everywhere)) if usable else ()
            for k in (k for k, fit in zip(usable, fits, strict=True) if fit):
                yield from self._multiplied(*portion[k], float(amounts[k]))

    def _multiplied(self, target: Target, value: Value, sign: str, number: float) -> Iterator[Edit]:
        for meant, text, price in self._spellings(number):
            cost = VALUE + value.cost + UNKNOWN * price + (0.1 if sign == "+" else 0.0)
            words = said(target, text, [(value, -1 if sign == "/" else 1)], meant)
            yield self._edit(target, np.full(self.replay.points, meant), cost, words)

    def _beside(self, site: Site) -> Iterator[tuple[Value, tuple[Array, ...]]]:
        """Values to be tried at a site, shape (*shape, P) in each turn where it stands in a loop."""
        if len(site.lines) == 1:
            alike = [v for v in self.values.arrays if v.line < site.lines[0] and v.numbers.shape[:-1] == site.shape]
            yield from ((value, (value.numbers,)) for value in alike[:ARRAYS])
            return
        yield from self._windows(len(site.lines))
        for other in self.loops.get(len(site.lines), ()):
            text = expression(other.place)
            before = all(line < own for line, own in zip(other.lines, site.lines, strict=True))
            if text and before and other.shape in (site.shape, ()):
                turns = tuple(self.replay.base[line][..., 0] for line in other.lines)
                yield Value(text, 0.1, turns[0]), turns

    def _windows(self, turns: int) -> Iterator[tuple[Value, tuple[Array, ...]]]:
        """Entries of an array that follow one another, one to each turn of a loop."""
        for array in self.values.arrays:
            shape = array.numbers.shape[:-1]
            for start in range(shape[0] - turns + 1 if len(shape) == 1 else 0):
                text = f"`{array.text}[{start}]`, `{array.text}[{start + 1}]` ... in turn"
                values = tuple(array.numbers[start : start + turns])
                yield Value(text, array.cost + 0.1, values[0], spelled=False), values
