"""Singular values and vectors of recorded matrices: eigenvalues and eigenvectors of ``[[0, A], [A^T, 0]]``.

Golub and Van Loan 2013, section 8.6.1. One set of rules, with its care for values that coincide, serves both.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.eigen import coinciding
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.rearrange import innermost
from gradcheck_tool.tracing.recorder import Recorder, solid
from gradcheck_tool.tracing.reductions import as_array, patched
from gradcheck_tool.tracing.spectral import (
    COINCIDE,
    PHASE,
    mark_coinciding,
    pairs,
    phased,
    real_form,
    simple,
    symmetrised,
    taken_back,
)
from gradcheck_tool.tracing.table import is_withheld, withhold
from gradcheck_tool.tracing.ufuncs import inactive, refusal

_ROOT2 = float(np.sqrt(2.0))
_NULL = (
    "the basis of a null space of more than one dimension has no derivative",
    "use the reduced form, full_matrices=False or mode='reduced'",
)


def _embedding(recorder: Recorder, a: Any) -> Any:
    """``[[0, A], [A^T, 0]]``; for a complex matrix, that of its real form."""
    if is_complex(recorder.number(a)):
        a = real_form(a.real, a.imag)
    *batch, m, n = a.shape
    upper = np.concatenate([np.zeros((*batch, m, m)), a], axis=-1)
    lower = np.concatenate([np.swapaxes(a, -1, -2), np.zeros((*batch, n, n))], axis=-1)
    return np.concatenate([upper, lower], axis=-2)


def singular_values(recorder: Recorder, a: Any, value: Any, embedding: Any = None) -> Any:
    """The singular values of a recorded matrix, descending, which NumPy says are `value`."""
    j = _embedding(recorder, a) if embedding is None else embedding
    both = np.linalg.eigvalsh(recorder.number(j))
    count = value.shape[-1]
    values = recorder.emit("eigvalsh", (recorder.line(j),), here(), solid(both))
    falling = values[..., ::-1]
    if is_complex(recorder.number(a)):
        falling = (falling[..., 0 : 2 * count : 2] + falling[..., 1 : 2 * count : 2]) / 2
    result = patched(recorder, falling[..., :count], value)
    with_zero = np.concatenate([innermost(value), np.zeros((*value.shape[:-1], 1))], axis=-1)
    mark_coinciding(recorder, result, coinciding(with_zero))
    return result


def svdvals(recorder: Recorder, x: Any) -> Any:
    """``np.linalg.svdvals``."""
    x = as_array(recorder, x)
    value = np.linalg.svdvals(recorder.number(x))
    return singular_values(recorder, x, value) if recorder.active(x) else inactive(recorder, value)


def svd(
    recorder: Recorder,
    a: Any,
    full_matrices: bool = True,
    compute_uv: bool = True,
    hermitian: bool = False,
) -> Any:
    """``np.linalg.svd``."""
    a = as_array(recorder, a)
    call: Any = np.linalg.svd
    expected = call(recorder.number(a), full_matrices, compute_uv, hermitian)
    if not recorder.active(a):
        parts = expected if compute_uv else (expected,)
        kept = tuple(inactive(recorder, part) for part in parts)
        return type(expected)(*kept) if compute_uv else kept[0]
    if hermitian:
        if is_complex(recorder.number(a)):
            raise refusal("numpy.linalg.svd of a complex matrix with hermitian=True", "leave hermitian out")
        a = symmetrised(recorder, a, "L")
    if not compute_uv:
        return singular_values(recorder, a, expected)
    return type(expected)(*factors(recorder, a, *expected))


def factors(recorder: Recorder, a: Any, left: Any, values: Any, right: Any) -> tuple[Any, Any, Any]:
    """The three factors of the singular value decomposition, of which NumPy or SciPy says what they are."""
    embedding = _embedding(recorder, a)
    s = singular_values(recorder, a, values, embedding)
    if is_complex(recorder.number(a)):
        first, second = _complex_vectors(recorder, a, left, values, right)
        return first, s, second
    m, n = a.shape[-2:]
    count = min(m, n)
    both = innermost(np.linalg.eigvalsh(recorder.number(embedding)))
    alone = simple(coinciding(both), both.shape)[::-1][:count]
    u, vh = left[..., :count], right[..., :count, :]
    if not alone.any():
        return taken_back(recorder, left, COINCIDE), s, taken_back(recorder, right, COINCIDE)
    stacked = np.concatenate([u, np.swapaxes(vh, -1, -2)], axis=-2)[..., alone] / _ROOT2
    both_sides = pairs(recorder, embedding, stacked, values[..., alone], None) * _ROOT2
    first, second = both_sides[..., :m, :], both_sides[..., m:, :]
    first = _whole(recorder, a, first, left, alone, count)
    second = _whole(recorder, np.swapaxes(a, -1, -2), second, np.swapaxes(right, -1, -2), alone, count)
    if not (alone.all() and n == right.shape[-2] == count):
        return first, s, np.swapaxes(second, -1, -2)
    return first, s, patched(recorder, np.swapaxes(second, -1, -2), right)


def _complex_vectors(recorder: Recorder, a: Any, left: Any, values: Any, right: Any) -> tuple[Any, Any]:
    """Singular vectors of a complex matrix where LAPACK keeps the first entry of all of one side real."""
    *batch, m, n = a.shape
    count = min(m, n)
    same = coinciding(np.concatenate([innermost(values), np.zeros((*batch, 1))], axis=-1))
    if same is not None or left.shape[-1] != count or right.shape[-2] != count:
        return taken_back(recorder, left, PHASE), taken_back(recorder, right, PHASE)
    upper = np.concatenate([np.zeros((*batch, m, m)) + 0j, a], axis=-1)
    lower = np.concatenate([np.conj(np.swapaxes(a, -1, -2)), np.zeros((*batch, n, n)) + 0j], axis=-1)
    stacked = np.concatenate([left, np.conj(np.swapaxes(right, -1, -2))], axis=-2) / _ROOT2
    alone = np.ones(count, dtype=bool)
    both = phased(recorder, np.concatenate([upper, lower], axis=-2), values, stacked, alone, (m, 0))
    if is_withheld(both):
        return taken_back(recorder, left, PHASE), taken_back(recorder, right, PHASE)
    both = both * _ROOT2
    second = np.conj(np.swapaxes(both[..., m:, :], -1, -2))
    return patched(recorder, both[..., :m, :], left), patched(recorder, second, right)


def _whole(recorder: Recorder, a: Any, followed: Any, value: Any, alone: Any, count: int) -> Any:
    """Singular vectors on one side: those followed, those withheld, and those that complete the basis."""
    extra = value.shape[-1] - count
    if not extra and alone.all():
        return patched(recorder, followed, value)
    flags = np.concatenate([alone, np.zeros(extra, dtype=bool)])
    result = recorder.wrap(np.array(value), -1)
    result[..., np.flatnonzero(flags)] = followed
    if extra == 1 and _full_rank(recorder.number(a)):
        result[..., count:] = completing(recorder, a @ np.linalg.pinv(a), value[..., count:])
        flags[count:] = True
    why = COINCIDE if not alone.all() else _NULL
    return result if flags.all() else withhold(result, (Ellipsis, ~flags), why)


def _full_rank(number: Any) -> bool:
    values = np.linalg.svd(innermost(number), compute_uv=False)
    return bool(np.all(values[..., -1] > 1e-13 * values[..., 0]))


def completing(recorder: Recorder, projector: Any, value: Any) -> Any:
    """The one vector (..., n, 1) that a projector on all other directions leaves out; its sign is the run's."""
    complement = np.eye(value.shape[-2]) - projector
    ones = np.ones((*value.shape[:-2], 1))
    return pairs(recorder, complement, value, ones, None)


def null_withheld(array: Any, columns: Any) -> Any:
    """Take back the derivative of columns that span a null space of more than one dimension."""
    return withhold(array, (Ellipsis, columns), _NULL)


ENTRIES: dict[Any, Any] = {np.linalg.svd: svd, np.linalg.svdvals: svdvals}
