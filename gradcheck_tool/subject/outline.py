"""What a Python file offers, read from its text alone: the functions to name, and where each stands."""

from __future__ import annotations

import ast
import difflib
import functools
import inspect
import linecache
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from gradcheck_tool.subject.frames import shown

_Def = ast.FunctionDef | ast.AsyncFunctionDef
_LISTED = 12


@functools.lru_cache(maxsize=8)
def tree_of(source: str) -> ast.Module:
    """The syntax tree of a file's text, empty where it does not parse."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module([], [])


def offered(source: str) -> tuple[str, ...]:
    """The functions of a file in order, methods as ``Class.method``; private ones last, empty if it does not parse."""
    names = list(_names(tree_of(source).body, ""))
    return tuple(sorted(names, key=lambda name: name.rpartition(".")[2].startswith("_")))


def _names(body: list[ast.stmt], prefix: str) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, _Def):
            if not statement.name.startswith("__"):
                yield prefix + statement.name
        elif isinstance(statement, ast.ClassDef):
            yield from _names(statement.body, f"{prefix}{statement.name}.")
        elif isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Lambda):
            yield from (prefix + target.id for target in statement.targets if isinstance(target, ast.Name))
        elif isinstance(statement, ast.If | ast.Try):
            yield from _names(statement.body, prefix)


def nearest(word: str, words: Iterable[str]) -> str:
    """The one of `words` that `word` probably meant, or empty."""
    known = {known.lower(): known for known in words}
    found = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return known[found[0]] if found else ""


def enumeration(names: Iterable[str]) -> str:
    """``a, b, c``, cut with a count where there are many."""
    every = list(names)
    rest = f" and {len(every) - _LISTED} more" if len(every) > _LISTED else ""
    return ", ".join(every[:_LISTED]) + rest


def code_of(function: Any) -> Any:
    """The code object behind decorators, methods, partials and callable instances; None for C functions."""
    for _ in range(20):  # decorators nest, a cycle must not hang us
        if hasattr(function, "__wrapped__"):
            function = function.__wrapped__
        elif hasattr(function, "__func__"):
            function = function.__func__
        elif isinstance(function, functools.partial):
            function = function.func
        elif hasattr(function, "__code__"):
            return function.__code__
        elif not inspect.isroutine(function) and hasattr(type(function), "__call__"):  # noqa: B004 - the class's own
            function = type(function).__call__
        else:
            return None
    return None


def node_of(function: Callable[..., Any]) -> ast.AST | None:
    """The ``def`` (or the whole statement of a lambda) of a function in its file, None without a source."""
    code = code_of(function)
    if code is None:
        return None
    linecache.checkcache(code.co_filename)
    tree = tree_of("".join(linecache.getlines(code.co_filename)))
    first = code.co_firstlineno
    for node in ast.walk(tree):
        if isinstance(node, _Def) and first in (node.lineno, *(mark.lineno for mark in node.decorator_list)):
            return node
    around = [n for n in ast.walk(tree) if isinstance(n, ast.stmt) and n.lineno <= first <= (n.end_lineno or 0)]
    return min(around, key=lambda n: (n.end_lineno or 0) - n.lineno, default=None)


def keys_of(function: Callable[..., Any], parameter: str) -> tuple[str, ...]:
    """The strings a function looks up in a parameter, such as a and b in ``p["a"] * p["b"]``: it wants a dict."""
    keys = [
        node.slice.value
        for node in ast.walk(node_of(function) or ast.Module([], []))
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)
        and isinstance(node.value, ast.Name) and node.value.id == parameter
    ]  # fmt: skip
    return tuple(dict.fromkeys(key for key in keys if isinstance(key, str)))


def file_of(function: Callable[..., Any]) -> str:
    """The file a function was written in, or empty."""
    code = code_of(function)
    return "" if code is None or code.co_filename.startswith("<") else str(code.co_filename)


def place_of(function: Callable[..., Any], typed: tuple[str, str] = ("", "")) -> str:
    """``path:line`` of the ``def``; empty for C functions.

    `typed` is (absolute path, the same as the user typed it): his spelling is kept.
    """
    path = file_of(function)
    if not path:
        return ""
    node = node_of(function)
    line = node.lineno if isinstance(node, _Def) else code_of(function).co_firstlineno
    return f"{typed[1] if path == typed[0] else shown(path)}:{line}"
