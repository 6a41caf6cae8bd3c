"""Points the user's file states: a comment at the function, a constant of the module, the defaults."""

from __future__ import annotations

import ast
import inspect
import io
import linecache
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.subject.frames import shown
from gradcheck_tool.subject.given import fit, floats
from gradcheck_tool.subject.outline import file_of, node_of, tree_of
from gradcheck_tool.subject.quiet import runs
from gradcheck_tool.subject.reading import Source, read
from gradcheck_tool.subject.signature import differentiated, is_real, parameters, required
from gradcheck_tool.subject.subject import Point, Subject

_MARK = re.compile(r"#\s*gradcheck\s*:\s*at\s*=\s*(.*)")


def declared(subject: Subject) -> tuple[Point, ...]:
    """The points the file states, from the first source that has any; empty if none has.

    Raises `Complaint` (GC902), with the comment's own line, where a comment cannot be read.
    """
    return from_comments(subject) or from_constant(subject) or from_defaults(subject)


def from_comments(subject: Subject) -> tuple[Point, ...]:
    """One point for each ``# gradcheck: at=[1, 2]`` above, on, or at the top of the function."""
    path = file_of(subject.function)
    typed = subject.where.rpartition(":")[0] or shown(path)
    points = []
    for line, text in _comments(subject, path):
        place = f"{typed}:{line}"
        source = Source(f"comment {place}", f"comment {place}", place)
        points.append(fit(subject, read(text, source, Path(path).parent), source))
    return tuple(points)


def _comments(subject: Subject, path: str) -> Iterator[tuple[int, str]]:
    node = node_of(subject.function)
    if not isinstance(node, ast.stmt):
        return
    lines = linecache.getlines(path)
    first, last = _region(node, lines)
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO("".join(lines)).readline))
    except (tokenize.TokenError, SyntaxError):
        return
    for token in tokens:
        found = _MARK.match(token.string) if token.type == tokenize.COMMENT else None
        if found and first <= token.start[0] <= last:
            yield token.start[0], found[1].strip()


def _region(node: ast.stmt, lines: list[str]) -> tuple[int, int]:
    """The lines that belong to the head of a function: the comments above it to its first statement."""
    marks = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(mark.lineno for mark in marks)])
    while first > 1 and lines[first - 2].lstrip().startswith("#"):
        first -= 1
    body = getattr(node, "body", None)
    if not isinstance(body, list):
        return first, node.end_lineno or node.lineno
    says = ast.get_docstring(node) is not None if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else False
    head = body[1:] if says else body
    if not head:
        return first, node.end_lineno or node.lineno
    nested = isinstance(head[0], ast.FunctionDef | ast.ClassDef | ast.For | ast.While | ast.If | ast.With)
    return first, head[0].lineno if nested else head[0].end_lineno or head[0].lineno


def from_constant(subject: Subject) -> tuple[Point, ...]:
    """The point of ``F_X0``, ``f_x0``, ``X0`` or ``x0`` in the function's module.

    The names without the function's own may belong to another function of the file: they count
    only where the function runs there.
    """
    path = file_of(subject.function)
    space = _globals(subject.function)
    own = subject.name.rpartition(".")[2]
    for name, is_own in ((f"{own.upper()}_X0", True), (f"{own}_x0", True), ("X0", False), ("x0", False)):
        if name not in space or callable(space[name]) or space[name] is None:
            continue
        line = _assigned(path, name)
        place = f"{shown(path)}:{line}" if line else shown(path)
        words = f"{name} in {place}"
        try:
            point = fit(subject, space[name], Source(words, words, place))
        except Complaint:
            if is_own:
                raise
            continue
        if is_own or runs(subject.function, {**point.values, **point.fixed}):
            return (point,)
    return ()


def from_defaults(subject: Subject) -> tuple[Point, ...]:
    """The floats and float arrays in ``def f(x=1.5, y=2.0)``, where no parameter lacks a default."""
    known = parameters(subject.function)
    by = differentiated(subject.function)
    if not by or any(required(p) for p in known.values()):
        return ()
    values = {name: floats(known[name].default) for name in by if is_real(known[name].default)}
    return (Point(values, {}, f"defaults of {subject.name}"),)


def _globals(function: Any) -> dict[str, Any]:
    function = inspect.unwrap(function)
    for _ in range(3):  # a method, a partial, a callable instance
        function = getattr(function, "__func__", getattr(function, "func", function))
    space = getattr(function, "__globals__", None)
    if space is None:
        space = getattr(inspect.getattr_static(type(function), "__call__", None), "__globals__", None)
    return space or {}


def _assigned(path: str, name: str) -> int:
    for node in ast.walk(tree_of("".join(linecache.getlines(path)))):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store):
            return node.lineno
    return 0
