"""A `Problem` is one function at one point: the only door through which plain runs of it happen."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.subject.packing import Packing, Vector
from gradcheck_tool.subject.quiet import quiet
from gradcheck_tool.subject.subject import Point


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
    """

    function: Callable[..., Any]
    point: Point
    inputs: Packing
    outputs: Packing
    x: Vector
    y: Vector
    evaluations: int = 0
    printed: list[str] = field(default_factory=list)

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

        What it prints is kept in `printed`, its warnings are silenced, its exceptions pass; where it
        leaves with ``sys.exit`` that is an exception (`ExitError`) too, and our process stays.
        """
        self.evaluations += 1
        arguments = self.bind(self.inputs.unpack(x))
        with quiet() as stream:
            try:
                return self.function(**arguments)
            finally:
                if stream.tell():
                    self.printed.append(stream.getvalue())

    def evaluate(self, x: Vector) -> Vector:
        """The value at the flat point `x` as a flat vector, shape (m,); all nan where f raises or changes shape."""
        try:
            value = self.outputs.pack(self.call(x))
        except Exception:  # noqa: BLE001 - whatever the user's code raises beside the point means: not defined there
            return np.full(self.y.shape, np.nan)
        return value if value.shape == self.y.shape else np.full(self.y.shape, np.nan)
