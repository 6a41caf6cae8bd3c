"""Places of a recorded formula that one edit of the source would change: operations, and entries of the result."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcheck_tool.calculus.catalogue import ROWS
from gradcheck_tool.calculus.primitive import Elementwise, Primitive
from gradcheck_tool.calculus.wide import WIDE
from gradcheck_tool.diagnosis.replay import Family, Replay, chunks, operands
from gradcheck_tool.diagnosis.source import Place, element_node, is_alias, node_at
from gradcheck_tool.tracing.place import is_foreign
from gradcheck_tool.tracing.trace import Constant, Trace

NUDGE = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One operation of the source with all lines it wrote; without a row, one entry of the result.

    Attributes
    ----------
    lines
        The lines, in the order of the run; several where the operation stands in a loop.
    whole
        Whether the instruction wrote nothing but these lines: otherwise they are a step inside a library function.
    shape
        The shape of every one of them.
    element
        Of an entry of the result: the expression that gives it, where there is one.
    roles
        The operands that can be edited on their own; one that is computed for this place alone is a site itself.
    """

    lines: tuple[int, ...]
    row: Primitive | None
    place: Place
    shape: tuple[int, ...] = ()
    roles: tuple[int, ...] = ()
    whole: bool = True
    element: ast.expr | None = None

    @property
    def node(self) -> ast.AST | None:
        """What stands in the source; None where that is not known."""
        return self.element if self.row is None else node_at(self.place)

    @property
    def single(self) -> bool:
        """One number, computed once."""
        return len(self.lines) == 1 and self.shape == ()


def reads(trace: Trace) -> list[Site]:
    """The numbers read from arrays, one site to a place of the source: what may be brought in inside a loop."""
    groups: dict[tuple[int, int], list[int]] = {}
    for k in range(trace.inputs, len(trace)):
        code, operation = trace.code[k], trace.operation[k]
        if code is not None and ROWS[operation >> 3].name == "getitem" and np.shape(trace.value[k]) == ():
            groups.setdefault((id(code), trace.offset[k]), []).append(k)
    firsts = [(lines, lines[0]) for lines in groups.values()]
    return [Site(tuple(lines), ROWS[trace.operation[k] >> 3], (trace.code[k], trace.offset[k])) for lines, k in firsts]


def sites(trace: Trace, shown: Sequence[int]) -> list[Site]:
    """The operations of a run worth editing, and the entries `shown` of its result."""
    groups: dict[tuple[int, int], dict[int, list[int]]] = {}
    for k in range(trace.inputs, len(trace)):
        code = trace.code[k]
        if code is not None and is_foreign(code.co_filename):
            rows = groups.setdefault((id(code), trace.offset[k]), {})
            rows.setdefault(trace.operation[k] >> 3, []).append(k)
    used = uses(trace)
    found = [site for rows in groups.values() for site in _operations(trace, rows, used)]
    place = _returned(trace)
    count = sum(np.size(ref.value if isinstance(ref, Constant) else trace.value[ref]) for ref in trace.outputs)
    given = [(entry, element_node(place, entry, count)) for entry in shown]
    return [*found, *(Site((len(trace) + entry,), None, place, element=node) for entry, node in given)]


def _operations(trace: Trace, rows: dict[int, list[int]], used: list[int]) -> Iterator[Site]:
    last = max(lines[-1] for lines in rows.values())
    for number, lines in rows.items():
        row = ROWS[number]
        shapes = {np.shape(trace.value[k]) for k in lines}
        if len(shapes) != 1 or (len(rows) > 1 and lines[-1] != last):
            continue
        (shape,) = shapes
        place = trace.code[lines[0]], trace.offset[lines[0]]
        # A number read from an array: reading it again is the same line, so its uses are edited instead.
        if row.name == "getitem" and not shape and not is_alias(place):
            continue
        whole = len(rows) == 1
        roles = _roles(trace, lines, row, used) if whole else ()
        yield Site(tuple(lines), row, place, shape, roles, whole=whole)


def _roles(trace: Trace, lines: list[int], row: Primitive, used: list[int]) -> tuple[int, ...]:
    if not isinstance(row, Elementwise) or len(row.operands) > WIDE:
        return ()
    every = [operands(trace, line) for line in lines]
    return tuple(
        role
        for role in range(len(row.operands))
        if any(is_bare(trace, refs[role]) or used[refs[role]] > 1 for refs in every)
    )


def _returned(trace: Trace) -> Place:
    """The place of the last operation, from which the statements of the function are found."""
    for k in range(len(trace) - 1, -1, -1):
        if trace.code[k] is not None:
            return trace.code[k], trace.offset[k]
    return None, 0


def is_bare(trace: Trace, ref: Any) -> bool:
    """Whether an operand is an input, a number read from one, or a constant: nothing that was computed."""
    if isinstance(ref, Constant):
        return True
    operation = trace.operation[ref]
    return bool(operation < 0 or ROWS[operation >> 3].name == "getitem")


def is_bare_entry(trace: Trace, entry: int) -> bool:
    """Whether no operation of its own computes an entry of the result: it is an input or a constant as it stands."""
    seen = 0
    for ref in trace.outputs:
        value = ref.value if isinstance(ref, Constant) else trace.value[ref]
        size = np.size(value)
        if entry < seen + size:
            return _is_bare(trace, ref, entry - seen)
        seen += size
    return False


def uses(trace: Trace) -> list[int]:
    """How many operations and entries of the result use each line."""
    count = [0] * len(trace)
    for ref in trace.outputs:
        if type(ref) is int:
            count[ref] += 1
    for k in range(trace.inputs, len(trace)):
        for ref in operands(trace, k):
            if type(ref) is int:
                count[ref] += 1
    return count


def _is_bare(trace: Trace, ref: Any, entry: int) -> bool:
    if is_bare(trace, ref) or (np.shape(trace.value[ref]) == () and uses(trace)[ref] > 1):
        return True
    row = ROWS[trace.operation[ref] >> 3]
    detail = trace.second[ref]
    if row.name == "numbers":
        targets = list(detail[2])
        return entry not in targets or _is_bare(trace, trace.first[ref][targets.index(entry)], 0)
    if row.name == "assemble":
        for operand, (targets, _sources) in zip(trace.first[ref], detail[2], strict=True):
            if entry in np.asarray(targets):
                return is_bare(trace, operand) or (np.shape(trace.value[operand]) == () and uses(trace)[operand] > 1)
        return True
    return False


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A site, or one of its operands, and whether it is multiplied (``*``) or added to (``+``).

    With `brought`, shape (*shape, P) for each turn, the amount is a multiple of that.
    """

    site: Site
    role: int | None
    how: str
    brought: tuple[NDArray[Any], ...] = ()

    @property
    def scale(self) -> bool:
        """Whether it is multiplied."""
        return self.how == "*"

    def family(self, amounts: NDArray[Any]) -> Family:
        """The candidates with these factors or addends, shape (..., P, width) beside the value's (*shape, P, C)."""

        def change(replay: Replay, operands: list[Any], value: Any, turn: int) -> Any:
            factor = amounts[..., replay.chosen, :] if amounts.shape[-2] != replay.points else amounts
            if self.brought:
                factor = factor * self.brought[turn][..., replay.chosen, None]
            if self.role is None:
                return value * factor if self.scale else value + factor
            moved = list(operands)
            own = operands[self.role]
            moved[self.role] = own * factor if self.scale else own + factor
            return replay.step(self.site.lines[turn], moved)

        return Family(self.site.lines, amounts.shape[-1], change)

    def value(self, replay: Replay, turn: int = 0) -> NDArray[Any]:
        """What is multiplied or added to, shape (*shape, P)."""
        line = self.site.lines[turn]
        if line >= len(replay.trace):
            results: NDArray[Any] = replay.results()
            entry: NDArray[Any] = results[line - len(replay.trace)][:, 0]
            return entry
        if self.role is None:
            return replay.base[line][..., 0]
        own = np.asarray(replay.values(line, {})[self.role])
        full: NDArray[Any] = np.broadcast_to(own, (*own.shape[:-2], replay.points, 1))
        return full[..., 0]


def targets(replay: Replay, site: Site) -> Iterator[Target]:
    """The ways to put a number into a site that do not say the same twice."""
    yield Target(site, None, "*")
    yield Target(site, None, "+")
    if site.row is None:
        return
    name = site.row.name
    for role in site.roles:
        constant = constant_operand(replay, Target(site, role, "*")) is not None
        if name == "neg" or (name in ("add", "sub") and not constant):
            if name != "neg":
                yield Target(site, role, "*")
            continue
        if name not in ("mul", "div") or constant:
            yield Target(site, role, "*")
        yield Target(site, role, "+")


def constant_operand(replay: Replay, target: Target) -> float | None:
    """The number an operand is, where it is the same number in every turn and no array."""
    if target.role is None:
        return None
    refs = [replay.operands[line][target.role] for line in target.site.lines]
    if not all(isinstance(ref, Constant) and np.ndim(ref.value) == 0 for ref in refs):
        return None
    numbers = {float(ref.value) for ref in refs}
    return numbers.pop() if len(numbers) == 1 and 0 not in numbers else None


def reaching(replay: Replay, found: list[Site], wrong: NDArray[np.bool_], right: NDArray[np.bool_]) -> list[Site]:
    """The sites that move every wrong entry at the first point of `replay`; numbers must not move a right one.

    `wrong` and `right` mark the entries of the flat result, shape (N,) each.
    """
    one = replay.part([0])
    random = np.random.default_rng(1)
    families = []
    for site in found:
        shape = site.shape

        def nudge(_replay: Any, _operands: Any, value: Any, _turn: int, shape: tuple[int, ...] = shape) -> Any:
            size = np.max(np.abs(value), initial=0.0)
            step = NUDGE * (size if np.isfinite(size) and size else 1.0)
            return value + step * random.uniform(0.5, 1.5, (*shape, 1, 1))

        families.append(Family(site.lines, 1, nudge))
    if not families:
        return []
    moved = np.concatenate([one.run(portion)[:, 0, :] for portion in chunks(families, one)], axis=1)
    base = one.results()[:, 0, :]
    moves = ~(np.abs(moved - base) <= 1e-13 * np.abs(base))
    reach = moves[wrong].all(axis=0)
    spoils = moves[right].any(axis=0)
    return [site for k, site in enumerate(found) if reach[k] and not (site.single and spoils[k])]
