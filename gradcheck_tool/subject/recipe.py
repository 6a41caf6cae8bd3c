"""What random points look like: which shapes to try, and numbers away from special values."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from gradcheck_tool.subject.packing import Vector
from gradcheck_tool.subject.signature import Kind, kind_of, parameters
from gradcheck_tool.subject.subject import Point, Subject

Shape = tuple[int, ...]
Shapes = tuple[Shape, ...]
Draw = Callable[[np.random.Generator, int], Vector]

DRAWS: tuple[Draw, ...] = (
    lambda rng, size: rng.standard_normal(size),
    lambda rng, size: rng.uniform(0.1, 0.9, size),
    lambda rng, size: rng.uniform(0.5, 3.0, size),
    lambda rng, size: rng.uniform(10.0, 100.0, size),
)
_ONE: tuple[Shapes, ...] = (((),), *(((n,),) for n in (2, 3, 4, 5, 6, 8, 10)), ((3, 3),), ((2, 2),), ((2, 3),))


@dataclass(frozen=True, slots=True)
class Recipe:
    """How random points are made: shapes by parameter, the distribution of their entries, the seed."""

    names: tuple[str, ...]
    shapes: Shapes
    draw: Draw
    seed: int

    @property
    def size(self) -> int:
        """How many numbers a point has."""
        return sum(map(_size, self.shapes))

    def stream(self, index: int = 0) -> np.random.Generator:
        """The random numbers of point `index`, the same however many points are asked for."""
        return np.random.default_rng([self.seed, index])

    def point(self, rng: np.random.Generator) -> Point:
        """Draw one point."""
        pieces = np.split(ordinary(rng, self.draw, self.size), np.cumsum(list(map(_size, self.shapes)))[:-1])
        values = {
            name: piece.reshape(shape).copy() if shape else float(piece[0])
            for name, piece, shape in zip(self.names, pieces, self.shapes, strict=True)
        }
        return Point(values, {}, f"random, seed {self.seed}", self.seed)


def candidates(subject: Subject, names: tuple[str, ...]) -> Iterator[Shapes]:
    """The shapes worth trying for the parameters `names`, likeliest first, as far as the annotations allow them."""
    known = parameters(subject.function)
    kinds = [kind_of(known[name]) for name in names]
    for shapes in _ONE if len(names) == 1 else dict.fromkeys(_several(names)):
        if all(_allowed(kind, shape) for kind, shape in zip(kinds, shapes, strict=True)):
            yield shapes


def _allowed(kind: Kind, shape: Shape) -> bool:
    return shape == () if kind == "scalar" else shape != () if kind == "array" else True


def _several(names: tuple[str, ...]) -> Iterator[Shapes]:
    """Scalars, vectors and matrices for several parameters: plain numbers, then what the capitals say, then the rest.

    ``A``, ``W`` or ``X`` is a matrix by convention, but only where plain numbers do not work: the
    ``T`` of a gas law is one number.
    """
    capitals = "".join("m" if name[0].isupper() and len(name) <= 2 else "v" for name in names)
    words = map("".join, itertools.islice(itertools.product("svm", repeat=len(names)), 3**6))
    ranked = sorted(words, key=lambda word: (word.count("m"), len(set(word)), word[-1] != "s"))
    mixed = (
        [((2, 3), (3,)), ((3,), (2, 3)), ((3,), (3, 2)), ((4, 3), (3,)), ((2, 3), (3, 2))] if len(names) == 2 else []
    )
    yield ((),) * len(names)
    for word in (capitals, *ranked[:20]):
        for size in (3, 2):
            yield tuple({"s": (), "v": (size,), "m": (size, size)}[kind] for kind in word)
    yield from mixed


def ordinary(rng: np.random.Generator, draw: Draw, size: int) -> Vector:
    """`size` numbers of three decimals, none near a half or whole number, no two alike."""
    kept: list[float] = []
    while len(kept) < size:
        number = round(float(draw(rng, 1)[0]), 3)
        is_plain = abs(2 * number - round(2 * number)) > 0.04
        if is_plain and all(abs(abs(number) - abs(other)) > 0.01 for other in kept[-20:]):
            kept.append(number)
    return np.array(kept)


def _size(shape: Shape) -> int:
    return int(np.prod(shape, dtype=int))
