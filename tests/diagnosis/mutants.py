"""Single edits of a gradient's source, one after the other, with the line of each."""

from __future__ import annotations

import ast
import copy
import linecache
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck_tool.subject.problem import Problem
from gradcheck_tool.subject.subject import Handwritten, Point


@dataclass(frozen=True)
class Mutant:
    """A module's source with one edit in `g`: what kind of edit, and in which line."""

    kind: str
    line: int
    source: str
    text: str


def normal(source: str) -> str:
    """The source as `ast` prints it, so that an edit changes one line and nothing else."""
    return ast.unparse(ast.parse(source)) + "\n"


def mutants(source: str) -> Iterator[Mutant]:
    """All single edits of the function `g` of a normal source."""
    tree = ast.parse(source)
    position = next(k for k, node in enumerate(tree.body) if isinstance(node, ast.FunctionDef) and node.name == "g")
    nodes = list(ast.walk(tree.body[position]))
    seen = set()
    for k, node in enumerate(nodes):
        for kind, change in _changes(node):
            other = copy.deepcopy(tree)
            target = list(ast.walk(other.body[position]))[k]
            new = change(target)
            if new is not None:
                _Exchange(target, new).visit(other)
            text = ast.unparse(ast.fix_missing_locations(other)) + "\n"
            if text not in seen and text != source:
                seen.add(text)
                line = node.lineno
                yield Mutant(kind, line, text, text.splitlines()[line - 1].strip())


class _Exchange(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else super().visit(node)


Change = Callable[[Any], ast.AST | None]


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.BinOp):
        yield from _of_operation(node)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "sign", lambda n: n.operand
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add | ast.Sub):
        yield "sign", _operator
    if isinstance(node, ast.Constant) and isinstance(node.value, float):
        yield "constant", lambda n: _set(n, "value", n.value * 1.001 if n.value else 0.001)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.ctx, ast.Load):
        yield "index", lambda n: _set(n.slice, "value", n.slice.value + 1)
        if node.slice.value > 0:
            yield "index", lambda n: _set(n.slice, "value", n.slice.value - 1)
    if isinstance(node, ast.Attribute) and node.attr in ("sin", "cos"):
        yield "function", lambda n: _set(n, "attr", "cos" if n.attr == "sin" else "sin")


def _of_operation(node: ast.BinOp) -> Iterator[tuple[str, Change]]:
    if isinstance(node.op, ast.Add | ast.Sub):
        yield "dropped term", lambda n: n.left
        yield "dropped term", lambda n: n.right
        yield "sign", _operator
    if isinstance(node.op, ast.Mult):
        yield "dropped factor", lambda n: n.left
        yield "dropped factor", lambda n: n.right
    if isinstance(node.op, ast.Div):
        yield "dropped divisor", lambda n: n.left
    if isinstance(node.op, ast.Pow) and isinstance(node.right, ast.Constant):
        yield "power", lambda n: _set(n.right, "value", n.right.value + 1)
        yield "power", lambda n: _set(n.right, "value", n.right.value - 1)


def _set(node: Any, name: str, value: Any) -> None:
    setattr(node, name, value)


def _operator(node: Any) -> None:
    node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()


_COUNT = iter(range(10**9))


def module(source: str) -> dict[str, Any]:
    """Run a source as a module whose lines `linecache` knows."""
    path = f"<formula {next(_COUNT)}>.py"
    linecache.cache[path] = (len(source), None, source.splitlines(keepends=True), path)
    names: dict[str, Any] = {"np": np, "math": math}
    exec(compile(source, path, "exec"), names)  # noqa: S102 - the formulas are our own
    return names


def given(names: dict[str, Any], at: Any) -> tuple[Problem, Handwritten]:
    """The function at its point, and its gradient."""
    values = {k: _number(v) for k, v in at.items()} if isinstance(at, dict) else None
    if values is None:
        code = names["f"].__code__
        values = {code.co_varnames[0]: _number(at)}
    problem = Problem.at(names["f"], Point(values, {}, "test"))
    return problem, Handwritten("g", "", "test", names["g"])


def _number(value: Any) -> Any:
    return np.array(value, dtype=float) if isinstance(value, list) else float(value)
