"""From the user's words, or his live objects, to a `Subject`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.subject.handwritten import GRADIENTS, HESSIANS, by_name, halves, in_words_of
from gradcheck_tool.subject.outline import place_of
from gradcheck_tool.subject.signature import by_keyword, parameters
from gradcheck_tool.subject.subject import Handwritten, Subject
from gradcheck_tool.subject.target import Named, bad_target, load, must_be_function, named

_RETURNS = ("value", "value-and-grad")


def find(target: str, *, grad: str | None = None, hess: str | None = None, returns: str = "value") -> Subject:
    """Turn ``path.py:f`` into the function and the derivatives the user wrote for it.

    Parameters
    ----------
    target
        ``PATH:OBJ``, ``PATH::OBJ``, ``pkg.mod:OBJ``; OBJ may be ``Class.method``.
    grad, hess
        A name beside the function, or another full target. Left out, the usual names are looked
        for (``f_grad``, ``df``, ``f_jac``, ``f_hess`` ...).
    returns
        ``value-and-grad`` where the function returns the pair (value, gradient).

    Raises
    ------
    Complaint
        GC905 for a target that names no function, GC903 for a file that cannot be imported,
        GC901 where a class to be instantiated raises.
    """
    _check_returns(returns)
    loaded, path = load(target)
    found = named(loaded, path)
    must_be_function(found)
    where = _place(found)
    function = by_keyword(found.value)
    gradient = _asked(grad, "--grad", found, function) or _second_half(function, path, where, returns)
    hessian = _asked(hess, "--hess", found, function)
    return Subject(
        target=target,
        name=path,
        where=where,
        function=halves(function, path, where)[0] if returns == "value-and-grad" else function,
        gradient=gradient or _guessed(found, GRADIENTS, function),
        hessian=hessian or _guessed(found, HESSIANS, function),
    )


def from_callable(
    function: Callable[..., Any],
    *,
    jac: Callable[..., Any] | None = None,
    hess: Callable[..., Any] | None = None,
    returns: str = "value",
) -> Subject:
    """The same record from live objects; nothing is looked for by name.

    Raises `Complaint` (GC905) where an object is not callable or a derivative takes other arguments.
    """
    _check_returns(returns)
    for value, word in ((function, "the function"), (jac, "jac="), (hess, "hess=")):
        if not callable(value) and not (value is None and word != "the function"):
            kind = type(value).__name__
            raise bad_target(f"{word} is {'an' if kind[0] in 'aeiou' else 'a'} {kind}, not callable", "pass a function")
    name = _name(function)
    where = place_of(function)
    plain = by_keyword(function)
    return Subject(
        target=name,
        name=name,
        where=where,
        function=halves(plain, name, where)[0] if returns == "value-and-grad" else plain,
        gradient=_passed(jac, "jac", name, plain) or _second_half(plain, name, where, returns),
        hessian=_passed(hess, "hess", name, plain),
    )


def _check_returns(returns: str) -> None:
    if returns not in _RETURNS:
        raise Complaint(
            f"a function cannot return {returns!r}",
            code="GC905",
            kind="bad-target",
            remedy=f"say {' or '.join(_RETURNS)}",
        )


def _place(found: Named) -> str:
    return place_of(found.value, (found.loaded.path, found.loaded.typed))


def _name(function: Any) -> str:
    name = getattr(function, "__name__", None) or getattr(getattr(function, "func", None), "__name__", None)
    return str(name or type(function).__name__)


def _asked(word: str | None, option: str, found: Named, function: Callable[..., Any]) -> Handwritten | None:
    if word is None:
        return None
    other = _beside(word.strip(), found) if ":" not in word else named(*load(word))
    must_be_function(other)
    return Handwritten(other.path, _place(other), option, _fitting(function, other.value, found.path, other.path))


def _beside(word: str, found: Named) -> Named:
    """A name beside the function: in its class, on the same instance, else in the module."""
    if not word:
        raise bad_target("the derivative has an empty name", "name a function of the file")
    if found.owner is not found.loaded.module and hasattr(found.owner, word):
        return Named(found.loaded, word, getattr(found.owner, word), found.owner)
    return named(found.loaded, word)


def _fitting(function: Callable[..., Any], derivative: Callable[..., Any], name: str, other: str) -> Callable[..., Any]:
    adapted = in_words_of(function, derivative)
    if adapted is None:
        theirs, mine = ", ".join(parameters(derivative)), ", ".join(parameters(function))
        raise bad_target(
            f"{other}({theirs}) cannot take the arguments of {name}({mine})",
            "give both the same parameters",
            place_of(derivative),
        )
    return adapted


def _guessed(found: Named, patterns: tuple[str, ...], function: Callable[..., Any]) -> Handwritten | None:
    pair = by_name(found.owner, found.path.rpartition(".")[2], patterns, function)
    if pair is None:
        return None
    name, derivative = pair
    return Handwritten(name, place_of(derivative, (found.loaded.path, found.loaded.typed)), "found by name", derivative)


def _passed(
    derivative: Callable[..., Any] | None, word: str, name: str, function: Callable[..., Any]
) -> Handwritten | None:
    if derivative is None:
        return None
    other = _name(derivative)
    return Handwritten(other, place_of(derivative), f"{word}= argument", _fitting(function, derivative, name, other))


def _second_half(function: Callable[..., Any], name: str, where: str, returns: str) -> Handwritten | None:
    if returns != "value-and-grad":
        return None
    return Handwritten(name, where, f"second result of {name}", halves(function, name, where)[1])
