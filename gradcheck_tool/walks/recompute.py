"""Read a printed formula back as a number: how a ledger row is held to what it prints."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from gradcheck_tool.calculus.worlds.floats import ARRAY

WORDS: dict[str, Any] = {
    **ARRAY,
    "abs": np.abs,
    "sum": np.sum,
    "outer": np.outer,
    "solve": np.linalg.solve,
    "inv": np.linalg.inv,
    "det": np.linalg.det,
    "norm": np.linalg.norm,
    "trace": np.trace,
    "cumsum": np.cumsum,
    "reshape": np.reshape,
    "transpose": np.transpose,
    "einsum": np.einsum,
    "cholesky": np.linalg.cholesky,
    "ndtr": lambda x: ARRAY["erfc"](-x / np.sqrt(2)) / 2,
    "logit": lambda x: np.log(x / (1 - x)),
    "log_expit": lambda x: -np.logaddexp(0, -x),
    "real": np.real,
    "imag": np.imag,
    "conj": np.conj,
    "complex": np.complex128,
    "nan": np.nan,
    "inf": np.inf,
    "_float": lambda x: np.complex128(x) if isinstance(x, complex) else np.float64(x),
    "_array": lambda entries: np.array(entries, dtype=complex if np.iscomplexobj(entries) else float),
}


class _Numbers(ast.NodeTransformer):
    """Literals as NumPy numbers, lists as arrays: a formula never raises where its row did not."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        node.value = self.visit(node.value)  # the index stays as it is
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.AST:
        return node  # axis=0

    def visit_List(self, node: ast.List) -> ast.AST:
        return ast.Call(ast.Name("_array", ast.Load()), [node], [])

    def visit_Tuple(self, node: ast.Tuple) -> ast.AST:
        return node  # a shape

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return node if isinstance(node.value, str) else ast.Call(ast.Name("_float", ast.Load()), [node], [])


def recompute(text: str) -> Any:
    """The number, or array, a text such as ``1/2 + 1*5`` or ``sum([1, 2])`` comes to.

    Raises `SyntaxError` where the text is words and not a formula.
    """
    tree = ast.fix_missing_locations(_Numbers().visit(ast.parse(text, mode="eval")))
    with np.errstate(all="ignore"):
        return eval(compile(tree, "<row>", "eval"), {"__builtins__": {}}, WORDS)  # noqa: S307 - texts this package wrote


def is_formula(text: str) -> bool:
    """Whether a text can be read back: ``[1, 2] @ [3, 4]`` can, ``1 spread`` cannot."""
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return all(node.id in WORDS for node in ast.walk(tree) if isinstance(node, ast.Name))
