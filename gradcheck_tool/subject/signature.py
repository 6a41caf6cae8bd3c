"""What a function takes: which parameters are differentiated, which are passed on as they are."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, Literal

import numpy as np

from gradcheck_tool.complaint import Complaint

Kind = Literal["real", "scalar", "array", "count", "word"]
Parameter = inspect.Parameter

_BY_ANNOTATION: dict[str, Kind] = {
    "float": "scalar", "float64": "scalar", "floating": "scalar",
    "int": "count", "bool": "count",
    "str": "word",
    "ndarray": "array", "NDArray": "array", "ArrayLike": "real", "list": "array", "Sequence": "array",
}  # fmt: skip


def signature_of(function: Callable[..., Any]) -> inspect.Signature:
    """The signature of a callable; one parameter called x (x1, x2 ...) for C functions that have none."""
    if isinstance(function, np.ufunc):
        names = ["x"] if function.nin == 1 else [f"x{place}" for place in range(1, function.nin + 1)]
        return inspect.Signature([Parameter(name, Parameter.POSITIONAL_ONLY) for name in names])
    try:
        return inspect.signature(function)
    except (ValueError, TypeError):
        return inspect.Signature([Parameter("x", Parameter.POSITIONAL_ONLY)])


def by_keyword(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` itself where every argument can be passed by its name, else a small adapter around it."""
    signature = signature_of(function)
    leading = [p for p in signature.parameters.values() if p.kind is Parameter.POSITIONAL_ONLY]
    if not leading:
        return function

    def adapter(*values: Any, **named: Any) -> Any:
        passed = [named.pop(p.name) for p in leading[len(values) :] if p.name in named]
        return function(*values, *passed, **named)

    with_names = [
        p.replace(kind=Parameter.POSITIONAL_OR_KEYWORD) if p.kind is Parameter.POSITIONAL_ONLY else p
        for p in signature.parameters.values()
    ]
    return named_like(function, adapter, signature.replace(parameters=with_names))


def named_like(
    function: Callable[..., Any], adapter: Callable[..., Any], signature: inspect.Signature
) -> Callable[..., Any]:
    """Give `adapter` the name of `function`, a way back to it (``__wrapped__``) and `signature`."""
    functools.update_wrapper(adapter, function, updated=())
    adapter.__signature__ = signature  # type: ignore[attr-defined]
    return adapter


def parameters(function: Callable[..., Any]) -> dict[str, Parameter]:
    """The parameters that can be passed by name, in order; those of ``*args`` and ``**kwargs`` left out."""
    starred = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
    return {name: p for name, p in signature_of(function).parameters.items() if p.kind not in starred}


def kind_of(parameter: Parameter) -> Kind:
    """What annotation or default say about a parameter; ``real`` where they say nothing."""
    kind = _BY_ANNOTATION.get(_annotation(parameter))
    if kind is not None:
        return kind
    default = parameter.default
    if isinstance(default, bool | int | np.integer | np.bool_):
        return "count"
    if isinstance(default, float | np.floating):
        return "scalar"
    return "word" if isinstance(default, str) else "real"


def required(parameter: Parameter) -> bool:
    """Whether a call must pass it."""
    return parameter.default is Parameter.empty


def differentiated(function: Callable[..., Any]) -> tuple[str, ...]:
    """The parameters to differentiate by: those without default, else those with a float or array as default."""
    every = parameters(function)
    needed = tuple(name for name, p in every.items() if required(p) and kind_of(p) not in ("count", "word"))
    if needed or any(required(p) for p in every.values()):
        return needed
    return tuple(name for name, p in every.items() if is_real(p.default))


def is_real(value: Any) -> bool:
    """Whether a value is a float, a float array, or a nest of them with at least one."""
    if isinstance(value, dict):
        return bool(value) and all(is_real(inner) for inner in value.values())
    if isinstance(value, tuple | list):
        return bool(value) and all(is_real(inner) or type(inner) is int for inner in value)
    if isinstance(value, np.ndarray):
        return bool(value.dtype.kind == "f")
    return isinstance(value, float | np.floating)


def only_starred(function: Callable[..., Any], name: str, where: str) -> Complaint | None:
    """The complaint about ``f(*x)`` and ``f()``, which offer no parameter to differentiate by; None if f is fine."""
    if parameters(function):
        return None
    marks: dict[Any, str] = {Parameter.VAR_POSITIONAL: "*", Parameter.VAR_KEYWORD: "**"}
    star = [marks[p.kind] + p.name for p in signature_of(function).parameters.values()]
    sentence = (
        f"{name} takes {star[0]}: how many numbers it wants cannot be known" if star else f"{name} takes no parameter"
    )
    remedy = (
        f"give it one array, such as def {name.rpartition('.')[2]}(x)"
        if star
        else "give it the numbers to differentiate by as a parameter"
    )
    return Complaint(sentence, code="GC902", kind="bad-point", where=where, remedy=remedy)


def _annotation(parameter: Parameter) -> str:
    note = parameter.annotation
    text = note if isinstance(note, str) else getattr(note, "__name__", str(note))
    return str(text).partition("[")[0].rpartition(".")[2].strip("'\" ")
