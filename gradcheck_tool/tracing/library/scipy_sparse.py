"""SciPy's sparse matrices times recorded arrays: a constant matrix."""

from __future__ import annotations

from typing import Any

from gradcheck_tool.tracing.recorder import Recorder


def matmul(recorder: Recorder, matrix: Any, other: Any) -> Any:
    """``A @ x`` with a sparse constant A; the product is recorded with the full matrix."""
    return matrix.toarray() @ other


def rmatmul(recorder: Recorder, matrix: Any, other: Any) -> Any:
    """``x @ A`` with a sparse constant A."""
    return other @ matrix.toarray()


ENTRIES = {
    f"scipy.sparse.{kind}_{form}.{name}": entry
    for kind in ("csr", "csc", "coo", "bsr", "dia", "dok", "lil")
    for form in ("matrix", "array")
    for name, entry in (("__matmul__", matmul), ("__rmatmul__", rmatmul), ("dot", matmul))
}
