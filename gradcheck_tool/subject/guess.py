"""Points for a function nobody gave one for: shapes found by trying, numbers away from special values."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.subject.frames import called, cause, innermost, listing, message
from gradcheck_tool.subject.outline import keys_of
from gradcheck_tool.subject.packing import Packing, Vector
from gradcheck_tool.subject.patience import TookTooLongError, patience
from gradcheck_tool.subject.quiet import ExitError, quiet
from gradcheck_tool.subject.recipe import DRAWS, Recipe, candidates
from gradcheck_tool.subject.signature import differentiated, kind_of, parameters, required
from gradcheck_tool.subject.subject import Point, Subject
from gradcheck_tool.subject.wording import describe

_TRIES = 60
_REDRAWS = 20
_HANGS = 4  # tries that did not come back in time, after which the search is given up
_STRUCTURAL = (
    "shape",
    "unpack",
    "broadcast",
    "dimension",
    "matmul",
    "sequence",
    "ambiguous",
    "size",
    "aligned",
    "square",
)


@dataclass(frozen=True, slots=True)
class Try:
    """One run at a drawn point: what it gave (None where it raised) and why it does not do (empty if it does)."""

    point: Point
    result: Vector | None
    reason: str
    error: BaseException | None = None
    ran: bool = True

    @property
    def hung(self) -> bool:
        """Whether the function did not come back in time."""
        return isinstance(self.error, TookTooLongError)

    @property
    def is_structural(self) -> bool:
        """Whether the shapes are at fault, so that other numbers would not help."""
        if isinstance(self.error, Complaint):  # a remedy of ours, such as: returns no pair
            return False
        error = None if self.error is None else cause(self.error)
        if isinstance(error, IndexError | TypeError | AttributeError | KeyError):
            return True
        return isinstance(error, ValueError) and any(word in str(error) for word in _STRUCTURAL)


def guess(subject: Subject, count: int, seed: int) -> tuple[Point, ...]:
    """`count` random points at which the function runs and is finite and real.

    Raises `Complaint`: GC902 where a parameter cannot be guessed (counts, strings), GC904 where
    the function ran at none of the points tried.
    """
    names = differentiated(subject.function)
    _refuse_unguessable(subject, names)
    recipe = _search(subject, names, seed)
    found = [point for index in range(count) if (point := _accepted(subject, recipe, index)) is not None]
    return tuple(found) or (recipe.point(recipe.stream()),)


def _search(subject: Subject, names: tuple[str, ...], seed: int) -> Recipe:
    """The recipe to use, found by running the function at no more than some sixty points."""
    tries: list[Try] = []
    accepted: list[Recipe] = []
    unreal: list[Recipe] = []
    for shapes in candidates(subject, names):
        for recipe in (Recipe(names, shapes, draw, seed) for draw in DRAWS):
            if len(tries) >= _TRIES or sum(each.hung for each in tries) >= _HANGS:
                break
            seen = attempt(subject, recipe.point(recipe.stream()))
            tries.append(seen)
            if not seen.reason:
                widened = _widened(subject, recipe)
                for choice in dict.fromkeys((widened, recipe)):
                    if _gradient_fits(subject, choice):
                        return choice
                accepted.append(widened)
                break
            if seen.ran and seen.result is None:
                unreal.append(recipe)
            if seen.is_structural:
                break
    last_resort = accepted or unreal  # an unreal result is refused later, with its own sentence
    if not last_resort:
        raise _nothing_works(subject, tries)
    return last_resort[0]


def attempt(subject: Subject, point: Point) -> Try:
    """Run the function once at the point."""
    try:
        with quiet(), patience():
            result = subject.function(**point.values, **point.fixed)
    except (Exception, ExitError) as error:  # noqa: BLE001 - any failure only means: not at this point
        return Try(point, None, message(error)[0], error, ran=isinstance(error, Complaint))
    try:
        packing = Packing.of(result, "f")
        flat = packing.pack(result)
    except (Complaint, ValueError, TypeError) as error:
        return Try(point, None, str(error))
    if not flat.size or not np.all(np.isfinite(flat)):
        return Try(point, flat, f"the result is {flat[~np.isfinite(flat)][0]}" if flat.size else "the result is empty")
    return Try(point, flat, "")


def _widened(subject: Subject, recipe: Recipe) -> Recipe:
    """Three entries for a function of one vector that takes any number of them.

    A function of two entries stays with two: the third must change the result. A plain number
    becomes a vector only where the function sums a vector up, and so is meant for one.
    """
    name = recipe.names[0]
    if recipe.shapes not in (((),), ((2,),)) or kind_of(parameters(subject.function)[name]) == "scalar":
        return recipe
    wider = replace(recipe, shapes=((3,),))
    point = wider.point(wider.stream())
    seen = attempt(subject, point)
    if seen.reason or seen.result is None or (recipe.shapes == ((),) and seen.result.size != 1):
        return recipe
    changed = [attempt(subject, _moved(point, name, place)).result for place in range(3)]
    reads_all = all(other is not None and not np.array_equal(other, seen.result) for other in changed)
    return wider if reads_all else recipe


def _moved(point: Point, name: str, place: int) -> Point:
    other = point.values[name].copy()
    other[place] *= 1.0625
    return replace(point, values={name: other})


def _gradient_fits(subject: Subject, recipe: Recipe) -> bool:
    """Whether the user's own gradient runs here with as many entries as f has inputs times outputs."""
    if subject.gradient is None:
        return True
    point = recipe.point(recipe.stream())
    value = attempt(subject, point)
    slope = attempt(Subject("", "", "", subject.gradient.function), point)
    return (
        value.result is not None and slope.result is not None and slope.result.size == value.result.size * recipe.size
    )


def _accepted(subject: Subject, recipe: Recipe, index: int) -> Point | None:
    rng = recipe.stream(index)
    points = (recipe.point(rng) for _ in range(_REDRAWS))
    return next((point for point in points if not attempt(subject, point).reason), None)


def _refuse_unguessable(subject: Subject, names: tuple[str, ...]) -> None:
    known = parameters(subject.function)
    needed = [name for name, p in known.items() if required(p) and name not in names]
    if needed:
        kinds = {"count": "a whole number", "word": "a string"}
        what = kinds.get(kind_of(known[needed[0]]), "a value")
        example = ", ".join(f'"{name}": {_sample(kind_of(p))}' for name, p in known.items() if required(p))
        raise Complaint(
            f"{subject.name} needs {what} for {needed[0]}, and that cannot be guessed",
            code="GC902",
            kind="bad-point",
            where=subject.where,
            remedy=f"give it with --at '{{{example}}}', or give {needed[0]} a default",
        )
    if not names:
        first = next(iter(known))
        raise Complaint(
            f"{subject.name} has no parameter to differentiate by: {first} has the default {known[first].default!r}",
            code="GC902",
            kind="bad-point",
            where=subject.where,
            remedy=f"""make the default a float, or name the point: --at '{{"{first}": 1.5}}'""",
        )


def _sample(kind: str) -> str:
    return {"count": "3", "word": '"..."'}.get(kind, "1.5")


def _nothing_works(subject: Subject, tries: list[Try]) -> Complaint:
    telling = [seen for seen in tries if not seen.is_structural] or tries
    last = telling[-1]
    at = describe(last.point, 4)
    what = last.reason if last.error is None else f"it raised {called(last.error)}"
    where = "" if last.error is None else innermost(last.error)
    example = _example(subject, tuple(last.point.values))
    return Complaint(
        f"no point was found where {subject.name} works: {len(tries)} were tried; at the last, {at}, {what}",
        code="GC904",
        kind="no-point",
        where=where or subject.where,
        remedy=_count_advice(tries)
        + f"give one with --at '{example}', or write # gradcheck: at={example} above the function",
        details=() if last.error is None else listing(last.error),
    )


def _count_advice(tries: list[Try]) -> str:
    """What to say first where some run wanted a whole number: a float can never do."""
    wanted = any(isinstance(seen.error, TypeError) and "an integer" in str(seen.error) for seen in tries)
    return "annotate a count as n: int, and " if wanted else ""


def _example(subject: Subject, names: tuple[str, ...]) -> str:
    """JSON of the form this function wants, with the keys it looks up where it takes a dict."""
    shapes: dict[str, Any] = {}
    for name in names:
        keys = keys_of(subject.function, name)
        shapes[name] = dict.fromkeys(keys, 1.5) if keys else [1.5, 0.7]
    return json.dumps(shapes if len(names) > 1 else shapes[names[0]])
