"""Eigenvalues and eigenvectors of recorded matrices.

Values are NumPy's own; signs and phases of vectors are those LAPACK chose, which no small change of the matrix alters.

Vectors that belong to values which coincide have no derivative. They are withheld: code that only asks for the
values runs, code that uses such a vector is refused at the line that does.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.eigen import coinciding
from gradcheck_tool.tracing.complex_ufuncs import embedded
from gradcheck_tool.tracing.construct import copied
from gradcheck_tool.tracing.place import here
from gradcheck_tool.tracing.rearrange import innermost
from gradcheck_tool.tracing.recorder import Recorder, solid
from gradcheck_tool.tracing.reductions import as_array, patched
from gradcheck_tool.tracing.table import withhold
from gradcheck_tool.tracing.ufuncs import inactive, refusal

SMALLEST = 1e-6  # an entry below cannot hold the phase of its vector
WORST = 1e7  # condition of the eigenvectors beyond which eigenvalues have no useful derivative
COINCIDE = (
    "vectors that belong to eigenvalues or singular values which coincide have no derivative",
    "use functions of the values alone, or of vectors of simple values, or move the point",
)
PHASE = (
    "the phases of these eigenvectors or singular vectors of a complex matrix have no derivative rule here",
    "use functions of the values alone, or the real form [[Re, -Im], [Im, Re]] of the matrix",
)


def symmetrised(recorder: Recorder, a: Any, triangle: str) -> Any:
    """The symmetric matrix that LAPACK sees when it reads one triangle, ``"L"`` or ``"U"``."""
    shape = a.shape
    places = np.arange(1, a.size + 1).reshape(shape)
    half = np.tril if triangle.upper() == "L" else np.triu
    strict = half(places, -1 if triangle.upper() == "L" else 1)
    places = half(places) + np.swapaxes(strict, -1, -2)
    value = np.reshape(a.value, -1)[places - 1]
    return recorder.emit("gather", recorder.line(a), (places, shape, shape), value)


def _hermitian(a: Any, triangle: str) -> tuple[Any, Any]:
    """The real and imaginary part of the Hermitian matrix of which one triangle is read."""
    half = np.tril if triangle.upper() == "L" else np.triu
    real, imag = half(a.real), half(a.imag, -1 if triangle.upper() == "L" else 1)
    strict = half(a.real, -1 if triangle.upper() == "L" else 1)
    real = real + np.swapaxes(strict, -1, -2)
    return real, imag - np.swapaxes(imag, -1, -2)


def real_form(real: Any, imag: Any) -> Any:
    """``[[R, -I], [I, R]]``, which multiplies as R + 1j I does."""
    upper = np.concatenate([real, -imag], axis=-1)
    return np.concatenate([upper, np.concatenate([imag, real], axis=-1)], axis=-2)


# --- symmetric matrices --------------------------------------------------------------------------


def eigenvalues(recorder: Recorder, symmetric: Any, value: Any) -> Any:
    """All eigenvalues of a recorded symmetric matrix, ascending; NumPy says they are `value`."""
    result = recorder.emit("eigvalsh", (recorder.line(symmetric),), here(), solid(value))
    mark_coinciding(recorder, result, coinciding(innermost(value)))
    return result


def mark_coinciding(recorder: Recorder, values: Any, same: Any) -> None:
    """Write down that two values coincide: whether they stay equal, or which is larger, is a decision of this point."""
    if same is None:
        return
    values = np.concatenate([values, np.zeros((*values.shape[:-1], same.shape[-1] - values.shape[-1]))], axis=-1)
    couples = same & ~np.eye(same.shape[-1], dtype=bool)
    *place, i, j = (int(k) for k in np.argwhere(couples)[0])
    one, other = (
        recorder.item(recorder.line(values), (*place, k), values.shape, recorder.number(values)[(*place, k)])
        for k in (i, j)
    )
    recorder.guard("==", one.line, other.line, held=True)


def eigvalsh(recorder: Recorder, a: Any, UPLO: str = "L") -> Any:
    """``np.linalg.eigvalsh``."""
    a = as_array(recorder, a)
    value = np.linalg.eigvalsh(recorder.number(a), UPLO)  # type: ignore[call-overload]  # NumPy judges it
    if not recorder.active(a):
        return inactive(recorder, value)
    return _ascending(recorder, a, UPLO, value)


def _ascending(recorder: Recorder, a: Any, triangle: str, value: Any) -> Any:
    if not is_complex(recorder.number(a)):
        return eigenvalues(recorder, symmetrised(recorder, a, triangle), value)
    form = real_form(*_hermitian(a, triangle))
    double = eigenvalues(recorder, form, np.linalg.eigvalsh(recorder.number(form)))
    return patched(recorder, (double[..., 0::2] + double[..., 1::2]) / 2, value)


def eigh(recorder: Recorder, a: Any, UPLO: str = "L") -> Any:
    """``np.linalg.eigh``."""
    a = as_array(recorder, a)
    expected = np.linalg.eigh(recorder.number(a), UPLO)  # type: ignore[call-overload]  # NumPy judges it
    if not recorder.active(a):
        return type(expected)(*(inactive(recorder, part) for part in expected))
    alone = simple(coinciding(innermost(expected[0])), expected[0].shape)
    if is_complex(recorder.number(a)):
        values = _ascending(recorder, a, UPLO, expected[0])
        real, imag = _hermitian(a, UPLO)
        place = 0 if UPLO.upper() == "L" else a.shape[-1] - 1
        vectors = phased(recorder, real + 1j * imag, expected[0], expected[1], alone, (place,))
    else:
        symmetric = symmetrised(recorder, a, UPLO)
        values = eigenvalues(recorder, symmetric, expected[0])
        vectors = columns(recorder, symmetric, expected[1], expected[0], alone, None)
    return type(expected)(values, vectors)


def simple(same: Any, shape: tuple[int, ...]) -> Any:
    """Which columns belong to values that are simple, in all matrices of a stack, shape (n,)."""
    if same is None:
        return np.ones(shape[-1], dtype=bool)
    return np.all((np.sum(same, axis=-1) == 1).reshape(-1, shape[-1]), axis=0)


def pairs(recorder: Recorder, matrix: Any, vectors: Any, values: Any, pins: Any) -> Any:
    """Eigenvectors as a line with operands of their own, shape (..., n, k)."""
    n = vectors.shape[-2]
    value = np.concatenate([vectors, values[..., None, :]], axis=-2)
    return recorder.emit("eigenpairs", (recorder.line(matrix),), pins, value)[..., :n, :]


def columns(recorder: Recorder, matrix: Any, vectors: Any, values: Any, alone: Any, pins: Any) -> Any:
    """Eigenvectors of which those of coinciding values are withheld."""
    if alone.all():
        return copied(recorder, pairs(recorder, matrix, vectors, values, pins), vectors)
    if not alone.any():
        return taken_back(recorder, vectors, COINCIDE)
    kept = None if pins is None else pins[..., alone]
    return _spread(recorder, vectors, pairs(recorder, matrix, vectors[..., alone], values[..., alone], kept), alone)


def _spread(recorder: Recorder, value: Any, followed: Any, alone: Any, why: tuple[str, str] = COINCIDE) -> Any:
    """An array some of whose columns are followed, and the others withheld."""
    result = recorder.wrap(np.array(value), -1)
    result[..., np.flatnonzero(alone)] = followed
    return withhold(result, (Ellipsis, ~alone), why)


def taken_back(recorder: Recorder, value: Any, why: tuple[str, str]) -> Any:
    """An array of which every entry is withheld."""
    return withhold(recorder.wrap(np.array(innermost(value)), -1), Ellipsis, why)


# --- general matrices ----------------------------------------------------------------------------


def eigvals(recorder: Recorder, a: Any) -> Any:
    """``np.linalg.eigvals`` of a matrix with a full set of eigenvectors."""
    a = as_array(recorder, a)
    value = np.linalg.eigvals(recorder.number(a))
    if not recorder.active(a):
        return inactive(recorder, value)
    return eigenvalues_of(recorder, a, value, "numpy.linalg.eigvals")


def eigenvalues_of(recorder: Recorder, a: Any, value: Any, name: str) -> Any:
    """The eigenvalues of a recorded general matrix, which NumPy says are `value`."""
    _refuse_defective(recorder, a, name)
    if is_complex(value):
        a = embedded(recorder, a)
    result = recorder.emit("eigvals", (recorder.line(a),), here(), solid(value))
    mark_coinciding(recorder, result, coinciding(innermost(value)))
    return result


def _refuse_defective(recorder: Recorder, a: Any, name: str) -> None:
    vectors = np.linalg.eig(innermost(recorder.number(a)))[1]
    if np.any(np.linalg.cond(vectors) > WORST):
        raise refusal(
            f"{name} of a matrix without a full set of eigenvectors",
            "its eigenvalues have no derivative: move the point",
        )


def eig(recorder: Recorder, a: Any) -> Any:
    """``np.linalg.eig``: vectors of length 1 whose largest entry is real."""
    a = as_array(recorder, a)
    expected = np.linalg.eig(recorder.number(a))
    if not recorder.active(a):
        return type(expected)(*(inactive(recorder, part) for part in expected))
    values = eigenvalues_of(recorder, a, expected[0], "numpy.linalg.eig")
    alone = simple(coinciding(innermost(expected[0])), expected[0].shape)
    return type(expected)(values, eigenvectors_of(recorder, a, expected[0], expected[1], alone))


def phased(recorder: Recorder, a: Any, values: Any, vectors: Any, alone: Any, places: tuple[int, ...]) -> Any:
    """Eigenvectors of a Hermitian matrix, of which LAPACK keeps one entry real: the first of `places` that is."""
    plain = innermost(vectors)
    for place in places:
        entries = plain[..., place, :]
        if np.all(entries.imag == 0) and np.all(np.abs(entries.real) > SMALLEST):
            pins = np.full(plain[..., 0, alone].shape, place)
            return eigenvectors_of(recorder, a, values, vectors, alone, pins)
    return taken_back(recorder, vectors, PHASE)


def eigenvectors_of(recorder: Recorder, a: Any, values: Any, vectors: Any, alone: Any, pins: Any = None) -> Any:
    """Right eigenvectors as LAPACK scales them; those of coinciding values are withheld."""
    if is_complex(vectors):
        a = embedded(recorder, a)
        values, vectors = values + 0j, vectors + 0j
    if not alone.any():
        return taken_back(recorder, vectors, COINCIDE)
    plain = innermost(vectors)[..., alone]
    if pins is None:
        # LAPACK turns the largest entry to be real; among equals it is the one whose imaginary part is exactly 0.
        pins = np.argmax(np.abs(plain) * (1.0 + 1e-9 * (np.imag(plain) == 0)), axis=-2)
    raw = pairs(recorder, a, vectors[..., alone], values[..., alone], pins)
    squares = raw.real * raw.real + raw.imag * raw.imag if is_complex(plain) else raw * raw
    result = patched(recorder, raw / np.sqrt(np.sum(squares, axis=-2, keepdims=True)), vectors[..., alone])
    return result if alone.all() else _spread(recorder, vectors, result, alone)


ENTRIES: dict[Any, Any] = {
    np.linalg.eigvalsh: eigvalsh,
    np.linalg.eigh: eigh,
    np.linalg.eigvals: eigvals,
    np.linalg.eig: eig,
}
