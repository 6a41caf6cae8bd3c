"""Reads whatever a user's derivative returns as the matrix outputs by inputs, or says why it cannot."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.methods.estimate import Matrix
from gradcheck_tool.subject.packing import Packing

Shape = tuple[int, ...]


class Misshapen(Exception):  # noqa: N818 - it is a finding on its way to a sentence, not an error of ours
    """An answer that cannot be the derivative: what was got and what is wanted, as words."""

    def __init__(self, got: str, wanted: str) -> None:
        super().__init__(got, wanted)
        self.got = got
        self.wanted = wanted


def as_jacobian(result: Any, values: dict[str, Any], inputs: Packing, outputs: Packing) -> tuple[Matrix, str]:
    """The answer as a new matrix of shape (m, n), and a note where its shape was read freely.

    Accepted are, for every output leaf: one array of the outputs' shape followed by the inputs'; the
    same flattened; one entry per parameter as a tuple, list or dict by name; nested as the arguments
    are. Axes of length one do not matter. Raises `Misshapen`.
    """
    shapes = [leaf.shape for leaf in outputs.leaves]
    if len(shapes) == 1:
        return _per_output(result, values, inputs, shapes[0])
    parts = _children(result, outputs.template)
    if parts is None:
        return _array(result, (outputs.size, inputs.size), outputs.size, inputs.size)
    rows = [as_jacobian(part, values, inputs, Packing.of(template)) for part, template in parts]
    return np.vstack([matrix for matrix, _ in rows]), _first(note for _, note in rows)


def as_hessian(result: Any, values: dict[str, Any], inputs: Packing) -> tuple[Matrix, str]:
    """The answer as a new matrix of shape (n, n); see `as_jacobian`."""
    shape = inputs.leaves[0].shape if len(inputs.leaves) == 1 else (inputs.size,)
    if isinstance(result, dict) and len(values) == 1 and set(result) == set(values):
        result = next(iter(result.values()))
    return _array(result, shape + shape, inputs.size, inputs.size)


def _per_output(result: Any, values: dict[str, Any], inputs: Packing, outer: Shape) -> tuple[Matrix, str]:
    """The rows of one output leaf of shape `outer`, for all parameters."""
    if len(values) == 1:
        (name,) = values
        alone = values[name]
        if isinstance(result, dict) and set(result) == {name} and not _mirrors(result, alone):
            result = result[name]
        elif isinstance(result, tuple | list) and len(result) == 1 and isinstance(alone, dict):
            (result,) = result
        return _nested(result, alone, outer)
    names = list(values)
    if isinstance(result, dict):
        if set(result) != set(names):
            raise Misshapen(_keys(result), f"the parameters {', '.join(names)}")
        return _joined([(result[name], values[name]) for name in names], outer)
    if isinstance(result, tuple | list) and len(result) == len(names) and not _rows_of_numbers(result, outer):
        return _joined([(part, values[name]) for part, name in zip(result, names, strict=True)], outer)
    return _array(result, (*outer, inputs.size), _size(outer), inputs.size)


def _nested(result: Any, template: Any, outer: Shape) -> tuple[Matrix, str]:
    """The columns of one parameter, nested as it is."""
    parts = _children(result, template)
    if parts is not None and not (isinstance(result, list) and _rows_of_numbers(result, outer)):
        return _joined(parts, outer)
    if isinstance(template, dict) and isinstance(result, dict):
        raise Misshapen(_keys(result), f"the keys {', '.join(map(str, template))}")
    inner = Packing.of(template)
    shape = inner.leaves[0].shape if not isinstance(template, dict | tuple | list) else (inner.size,)
    return _array(result, outer + shape, _size(outer), inner.size)


def _joined(parts: list[tuple[Any, Any]], outer: Shape) -> tuple[Matrix, str]:
    blocks = [_nested(part, template, outer) for part, template in parts]
    return np.hstack([np.zeros((_size(outer), 0)), *(block for block, _ in blocks)]), _first(note for _, note in blocks)


def _children(result: Any, template: Any) -> list[tuple[Any, Any]] | None:
    """Pairs of what was returned and what it stands for, where the answer is nested as the template is."""
    if isinstance(template, dict) and isinstance(result, dict) and set(result) == set(template):
        return [(result[key], template[key]) for key in template]
    if isinstance(template, tuple | list) and isinstance(result, tuple | list) and len(result) == len(template):
        return list(zip(result, template, strict=True))
    return None


def _mirrors(result: dict[Any, Any], template: Any) -> bool:
    return isinstance(template, dict) and set(result) == set(template)


def _rows_of_numbers(result: Any, outer: Shape) -> bool:
    """Whether a list of lists is a matrix written out, its rows being outputs, and not one entry per parameter."""
    return isinstance(result, list) and outer != () and all(isinstance(row, list) for row in result)


def _array(result: Any, wanted: Shape, rows: int, columns: int) -> tuple[Matrix, str]:
    """One array as a block of shape (rows, columns)."""
    array = _numbers(result, wanted)
    short = _without_ones(array.shape)
    if array.size != rows * columns or short not in (_without_ones(wanted), _without_ones((rows, columns))):
        raise Misshapen(f"shape {array.shape}", f"shape {wanted}")
    note = "" if array.shape == wanted else f"shape {array.shape} read as {wanted}"
    return array.reshape(rows, columns), note


def _numbers(result: Any, wanted: Shape) -> Matrix:
    if result is None or isinstance(result, dict | str):
        raise Misshapen("None" if result is None else f"a {type(result).__name__}", f"shape {wanted}")
    dense = result.toarray() if hasattr(result, "toarray") else result
    try:
        array = np.asarray(dense)
        if array.dtype.kind == "c":
            raise Misshapen("complex numbers", f"shape {wanted} of real ones")
        return np.array(array, dtype=float)
    except (TypeError, ValueError):
        raise Misshapen(f"a {type(result).__name__} that is no array of numbers", f"shape {wanted}") from None


def _without_ones(shape: Shape) -> Shape:
    return tuple(length for length in shape if length != 1)


def _size(shape: Shape) -> int:
    return int(np.prod(shape, dtype=int))


def _keys(result: dict[Any, Any]) -> str:
    return f"a dict of {', '.join(map(str, result))}"


def _first(notes: Any) -> str:
    return next((note for note in notes if note), "")
