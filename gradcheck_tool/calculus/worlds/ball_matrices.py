"""Linear algebra in balls: Arb's matrices where they have it, defining equations where they do not.

Systems are solved by Arb's preconditioned method, whose radii do not grow with the number of rows as those of
elimination do (Johansson 2017; Rump 2010, "Verification methods", section 10). Object arrays (..., n, n) of balls
come in and go out. The signs of a QR factorisation are those NumPy gives the same matrix in doubles.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import product, terms, turned
from gradcheck_tool.complaint import CannotFollow

Operands = tuple[Any, ...]
FROM = 8  # rows and columns from which on a product is worth the way into Arb's matrices and back
LARGEST_KRONECKER = 144  # unknowns of a Sylvester equation written as one linear system


def _ball() -> Any:
    from gradcheck_tool.calculus.worlds.ball import Ball  # noqa: PLC0415 - that module imports this one

    return Ball


def _into(page: Any) -> Any:
    """One matrix (m, n) of balls or floats as Arb's."""
    import flint  # noqa: PLC0415 - only those who ask for exact arithmetic pay for it

    ball = _ball()
    rows, columns = page.shape
    return flint.arb_mat(rows, columns, [ball(entry).ball for entry in page.ravel()])


def _out(matrix: Any) -> Any:
    ball = _ball()
    out = np.empty(matrix.nrows() * matrix.ncols(), dtype=object)
    for k, entry in enumerate(matrix.entries()):
        out[k] = ball(entry)
    return out.reshape((matrix.nrows(), matrix.ncols()))


def _pages(function: Callable[..., Any], *stacks: Any) -> Any:
    """Apply a function of matrices to every page of equally stacked ones."""
    from gradcheck_tool.calculus.worlds.ball import boxed  # noqa: PLC0415 - that module imports this one

    stacks = tuple(boxed(stack) for stack in stacks)
    batch = np.broadcast_shapes(*(stack.shape[:-2] for stack in stacks))
    spread = [np.broadcast_to(stack, (*batch, *stack.shape[-2:])) for stack in stacks]
    pages = [function(*(stack[place] for stack in spread)) for place in np.ndindex(*batch)]
    inner = np.shape(pages[0]) if pages else ()
    out = np.empty((len(pages), *inner), dtype=object)
    for k, page in enumerate(pages):
        out[k] = page
    whole = out.reshape((*batch, *inner))
    return whole if whole.ndim else whole[()]


def solved(matrix: Any, right: Any) -> Any:
    """``matrix @ y = right`` for (..., n, n) and (..., n, k)."""
    return _pages(lambda a, b: _out(_into(a).solve(_into(b), algorithm="precond")), matrix, right)


def inverse(matrix: Any) -> Any:
    """The inverse, (..., n, n)."""
    return solved(matrix, np.broadcast_to(np.eye(matrix.shape[-1]), matrix.shape))


def contracted(text: str, a: Any, b: Any) -> Any:
    """An einsum of two operands; a large product of matrices by Arb's matrices."""
    left, right, out = terms(text)
    rows = [letter for letter in left if letter not in right]
    summed = [letter for letter in left if letter in right and letter not in out]
    columns = [letter for letter in right if letter not in left]
    length = dict(zip(left + right, np.shape(a) + np.shape(b), strict=True))

    def size(letters: list[str]) -> int:
        return math.prod(length[letter] for letter in letters)

    stacked = any(letter in left and letter in right for letter in out)
    if stacked or min(size(rows), size(summed), size(columns)) < FROM:
        return np.einsum(text, a, b)
    first = np.transpose(a, [left.index(letter) for letter in rows + summed]).reshape(size(rows), size(summed))
    second = np.transpose(b, [right.index(letter) for letter in summed + columns]).reshape(size(summed), size(columns))
    whole = _out(_into(first) * _into(second)).reshape([length[letter] for letter in rows + columns])
    return np.transpose(whole, [(rows + columns).index(letter) for letter in out])


# --- values, by name of the row ------------------------------------------------------------------


def _det(page: Any) -> Any:
    return _ball()(_into(page).det())


def _logdet(page: Any) -> Any:
    return _ball()(abs(_into(page).det()).log())


def _cholesky(page: Any) -> Any:
    """The recurrence, of the lower triangle, as NumPy reads it."""
    ball, n = _ball(), len(page)
    out = np.empty((n, n), dtype=object)
    out[...] = [[ball(0) for _ in range(n)] for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = page[i, j]
            for k in range(j):
                rest = rest - out[i, k] * out[j, k]
            out[i, j] = ball(rest).sqrt() if i == j else rest / out[j, j]
    return out


def _middle(page: Any) -> Any:
    ball = _ball()
    return np.array([float(ball(entry).ball.mid()) for entry in page.ravel()]).reshape(page.shape)


def _qr(page: Any) -> Any:
    """Q on top of R, from the Cholesky factor of the normal equations with NumPy's signs."""
    signs = np.sign(np.diagonal(np.linalg.qr(_middle(page))[1]))
    upper = np.swapaxes(_cholesky(contracted("ji,jk->ik", page, page)), 0, 1) * signs[:, None]
    q = np.swapaxes(solved(np.swapaxes(upper, 0, 1), np.swapaxes(page, 0, 1)), 0, 1)
    return np.concatenate([q, upper], axis=0)


def _pinv(page: Any) -> Any:
    rows, columns = page.shape
    across = np.swapaxes(page, 0, 1)
    if rows >= columns:
        return solved(contracted("ij,jk->ik", across, page), across)
    return np.swapaxes(solved(contracted("ij,jk->ik", page, across), page), 0, 1)


def _eigen(page: Any) -> tuple[list[Any], Any]:
    """Ascending eigenvalues of a symmetric matrix and their unit vectors as columns."""
    import flint  # noqa: PLC0415 - only those who ask for exact arithmetic pay for it

    ball = _ball()
    try:
        values, vectors = flint.acb_mat(_into(page)).eig(right=True)
    except ValueError:
        raise CannotFollow(
            "eigenvalues coincide here, and balls do not tell one from the other", remedy="choose another point"
        ) from None
    n = len(page)
    order = sorted(range(n), key=lambda k: float(values[k].real.mid()))
    columns = []
    for k in order:
        column = [vectors[i, k] for i in range(n)]
        # A real vector times some complex number: turned so that its largest entry is real.
        largest = max(column, key=lambda entry: float(abs(entry).mid()))
        straight = [(entry / largest).real for entry in column]
        length = sum((entry * entry for entry in straight), flint.arb(0)).sqrt()
        columns.append([ball(entry / length) for entry in straight])
    out = np.empty((n, n), dtype=object)
    for k, column in enumerate(columns):
        out[:, k] = column
    return [ball(values[k].real) for k in order], out


def _eigvalsh(page: Any) -> Any:
    out = np.empty(len(page), dtype=object)
    out[:] = _eigen(page)[0]
    return out


def _expm(page: Any, detail: Any) -> Any:
    if detail[0] != "expm":
        raise CannotFollow(f"scipy.linalg.{detail[0]} has no exact form", remedy="rely on the other methods")
    return _out(_into(page).exp())


def _sylvester(a: Any, b: Any, right: Any) -> Any:
    """``A X + X B = Q`` as one system in the entries of X, row by row."""
    n, m = right.shape
    if n * m > LARGEST_KRONECKER:
        raise CannotFollow("a Sylvester equation of this size is not solved exactly", remedy="check a smaller one")
    one_m, one_n = np.eye(m), np.eye(n)
    whole = np.einsum("ij,kl->ikjl", a, one_m) + np.einsum("ij,lk->ikjl", one_n, b)
    return solved(whole.reshape(n * m, n * m), right.reshape(-1, 1)).reshape(n, m)


VALUES: dict[str, Callable[[Operands, Any], Any]] = {
    "inv": lambda ops, _d: inverse(ops[0]),
    "det": lambda ops, _d: _pages(_det, ops[0]),
    "logdet": lambda ops, _d: _pages(_logdet, ops[0]),
    "cholesky": lambda ops, _d: _pages(_cholesky, ops[0]),
    "qr": lambda ops, _d: _pages(_qr, ops[0]),
    "pinv": lambda ops, _d: _pages(_pinv, ops[0]),
    "eigvalsh": lambda ops, _d: _pages(_eigvalsh, ops[0]),
    "matfun": lambda ops, detail: _pages(lambda page: _expm(page, detail), ops[0]),
    "sylvester": lambda ops, _d: _pages(_sylvester, *ops),
}
"""How the value of a row is found where the row's own way ends in a library for floats."""


# --- adjoints, where the row's own pull ends in such a library -------------------------------------


def _every(scalar: Any, shape: tuple[int, ...]) -> Any:
    return np.broadcast_to(np.asarray(scalar, dtype=object)[..., None, None], shape)


def _det_pull(adjoint: Any, operands: Operands, value: Any, _detail: Any, _wanted: Any) -> list[Any]:
    matrix = operands[0]
    return [_every(adjoint, matrix.shape) * _every(value, matrix.shape) * turned(inverse(matrix))]


def _logdet_pull(adjoint: Any, operands: Operands, _value: Any, _detail: Any, _wanted: Any) -> list[Any]:
    return [_every(adjoint, operands[0].shape) * turned(inverse(operands[0]))]


def _eigvalsh_pull(adjoint: Any, operands: Operands, _value: Any, _detail: Any, _wanted: Any) -> list[Any]:
    def page(matrix: Any, slopes: Any) -> Any:
        vectors = _eigen(matrix)[1]
        return product(vectors * slopes, np.swapaxes(vectors, 0, 1))

    return [_pages(page, operands[0], np.asarray(adjoint, dtype=object)[..., None, :])]


def _matfun_pull(adjoint: Any, operands: Operands, _value: Any, detail: Any, _wanted: Any) -> list[Any]:
    def page(matrix: Any, given: Any) -> Any:
        n = len(matrix)
        across = np.swapaxes(matrix, 0, 1)
        whole = np.block([[across, given], [np.zeros((n, n), dtype=object), across]])
        return _expm(whole, detail)[:n, n:]

    return [_pages(page, operands[0], adjoint)]


def _sylvester_pull(adjoint: Any, operands: Operands, value: Any, _detail: Any, wanted: Any) -> list[Any]:
    back = _pages(_sylvester, turned(operands[0]), turned(operands[1]), adjoint)
    return [
        -product(back, turned(value)) if wanted[0] else None,
        -product(turned(value), back) if wanted[1] else None,
        back if wanted[2] else None,
    ]


PULLS: dict[str, Callable[..., list[Any]]] = {
    "det": _det_pull,
    "logdet": _logdet_pull,
    "eigvalsh": _eigvalsh_pull,
    "matfun": _matfun_pull,
    "sylvester": _sylvester_pull,
}
"""The adjoints of such rows, as the rows themselves define them."""
