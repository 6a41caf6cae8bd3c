"""A `Problem` is one function at one point: the only door through which plain runs of it happen."""

from __future__ import annotations

import contextlib
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.subject.packing import Packing, Vector
from gradcheck_tool.subject.quiet import quiet
from gradcheck_tool.subject.subject import Point


class Exhausted(RuntimeError):  # noqa: N818 - it is a limit that was asked for, and nothing went wrong
    """The function may not be run any more: the number of evaluations that was allowed has been used."""


@dataclass
class Problem:
    """The untouched function at one point, seen as a map from R^n to R^m.

    Attributes
    ----------
    function, point
        What is called, and the arguments it is called with.
    inputs, outputs
        How the differentiated parameters and the result map to flat vectors.
    x, y
        The point, shape (n,), and the value of a plain run there, shape (m,).
    evaluations
        How many plain runs have been made so far.
    limit
        How many there may be; None: any number. In force inside of `limited` only.
    printed, warned
        What the function printed, and how often it gave each warning.
    """

    function: Callable[..., Any]
    point: Point
    inputs: Packing
    outputs: Packing
    x: Vector
    y: Vector
    evaluations: int = 0
    printed: list[str] = field(default_factory=list)
    limit: int | None = None
    warned: Counter[str] = field(default_factory=Counter)
    _undefined: dict[int, Vector] = field(default_factory=dict, repr=False)

    @classmethod
    def at(cls, function: Callable[..., Any], point: Point) -> Problem:
        """Run the function once at `point` and learn the shapes.

        Raises `Complaint` (GC203) where the result is None, a string, an object array or complex.
        What the function itself raises is passed on as it is.
        """
        inputs = Packing.of(point.values, "")
        problem = cls(function, point, inputs, inputs, inputs.pack(point.values), np.zeros(0))
        result = problem.call(problem.x)
        try:
            problem.outputs = Packing.of(result, "f")
        except Complaint as reason:
            reason.sentence = f"the function returns {reason.sentence.partition(' is ')[2]}"
            raise
        problem.y = problem.outputs.pack(result)
        return problem

    def bind(self, values: Any) -> dict[str, Any]:
        """The keyword arguments of one call: `values` for the differentiated parameters, copies of the rest."""
        return {**values, **copy.deepcopy(self.point.fixed)}

    def call(self, x: Vector) -> Any:
        """Run the untouched function at the flat point `x`, shape (n,), on copies; return its own result.

        What it prints is kept in `printed`, its warnings are counted in `warned`, its exceptions pass; where
        it leaves with ``sys.exit`` that is an exception (`ExitError`) too, and our process stays.

        Raises `Exhausted` where the number of runs is limited and used up.
        """
        self.spend()
        arguments = self.bind(self.inputs.unpack(x))
        told: list[Any] = []
        try:
            with quiet(told) as stream:
                try:
                    return self.function(**arguments)
                finally:
                    if stream.tell():
                        self.printed.append(stream.getvalue())
        finally:
            self.warned.update(f"{each.category.__name__}: {each.message}" for each in told)

    def spend(self) -> None:
        """Count one run; raises `Exhausted` where there may be no more."""
        if self.limit is not None and self.evaluations >= self.limit:
            raise Exhausted(f"the {self.limit} evaluations of the function that were allowed are used up")
        self.evaluations += 1

    @property
    def left(self) -> float:
        """How many runs there may still be; infinite without a limit."""
        return np.inf if self.limit is None else max(0, self.limit - self.evaluations)

    @contextlib.contextmanager
    def limited(self, most: int | None) -> Iterator[None]:
        """Allow no more than `most` runs in all while the block runs; None: no limit."""
        before, self.limit = self.limit, most
        try:
            yield
        finally:
            self.limit = before

    def evaluate(self, x: Vector) -> Vector:
        """The value at the flat point `x` as a flat vector, shape (m,); all nan where f raises or changes shape.

        A place where f is not defined is remembered: it is not run there a second time.
        """
        place = hash(x.tobytes()) if self._undefined else 0
        if place in self._undefined:
            return self._undefined[place].copy()
        try:
            value = self.outputs.pack(self.call(x))
        except Exhausted:
            raise
        except Exception:  # noqa: BLE001 - whatever the user's code raises beside the point means: not defined there
            value = np.full(self.y.shape, np.nan)
        if value.shape != self.y.shape:
            value = np.full(self.y.shape, np.nan)
        if not np.all(np.isfinite(value)):
            self._undefined[hash(x.tobytes())] = value.copy()
        return value
