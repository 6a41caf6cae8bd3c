"""Derivatives the user wrote: found by their names, or in the second half of what f returns."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.subject.signature import by_keyword, named_like, parameters, required, signature_of

GRADIENTS = (
    "{}_jac", "d{}", "{}_deriv", "{}_derivative", "{}_grad", "grad_{}", "{}_gradient", "gradient_{}",
    "{}_jacobian", "jac_{}", "jacobian_{}", "{}_prime", "{}prime", "{}_der",
)  # fmt: skip
HESSIANS = ("{}_hess", "{}_hessian", "hess_{}", "hessian_{}")


def by_name(
    namespace: Any, name: str, patterns: tuple[str, ...], function: Callable[..., Any]
) -> tuple[str, Callable[..., Any]] | None:
    """Find the function of a usual name beside `function`; None where there is none that takes the same arguments."""
    for pattern in patterns:
        wanted = pattern.format(name)
        try:
            found = getattr(namespace, wanted, None)
        except Exception:  # noqa: BLE001, S112 - a property that raises is no derivative
            continue
        if found is None or not callable(found) or isinstance(found, type):
            continue
        adapted = in_words_of(function, found)
        if adapted is not None:
            return wanted, adapted
    return None


def in_words_of(function: Callable[..., Any], derivative: Callable[..., Any]) -> Callable[..., Any] | None:
    """`derivative` as a callable that takes the keywords of `function`; None where the signatures do not fit.

    ``f(x, a=1)`` and ``f_grad(v)`` fit: x is passed as v. The derivative itself is returned
    where the names already agree.
    """
    derivative = by_keyword(derivative)
    mine, theirs = parameters(function), parameters(derivative)
    kinds = {p.kind for p in signature_of(derivative).parameters.values()}
    order = list(theirs)
    free = [name for name in order if name not in mine]
    names: dict[str, str] = {}
    for place, name in enumerate(mine):
        if name in theirs:
            names[name] = name
        elif place < len(order) and order[place] in free:
            names[name] = order[place]
    swallows = inspect.Parameter.VAR_KEYWORD in kinds
    unpassed = [name for name, p in mine.items() if required(p) and name not in names and not swallows]
    unfilled = [name for name, p in theirs.items() if required(p) and name not in names.values()]
    if unpassed or unfilled or (not theirs and not swallows):
        return None
    if all(mine_name == their_name for mine_name, their_name in names.items()):
        return derivative

    def adapter(**values: Any) -> Any:
        return derivative(**{names.get(name, name): value for name, value in values.items()})

    signature = inspect.Signature([p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in mine.values()])
    return named_like(derivative, adapter, signature)


def halves(function: Callable[..., Any], name: str, where: str) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """The value and the gradient of a function that returns both, as two functions.

    Both raise `Complaint` (GC203) when called where the result is not a pair.
    """

    def half(place: int) -> Callable[..., Any]:
        def part(*values: Any, **named: Any) -> Any:
            result = function(*values, **named)
            if not isinstance(result, tuple | list) or len(result) != 2:
                raise Complaint(
                    f"{name} returns {_kind(result)}, not the pair (value, gradient)",
                    code="GC203",
                    kind="not-a-pair",
                    where=where,
                    remedy="leave out --returns, or let it return value, gradient",
                )
            return result[place]

        return named_like(function, part, signature_of(function))

    return half(0), half(1)


def _kind(result: Any) -> str:
    if isinstance(result, tuple | list):
        return f"a {type(result).__name__} of {len(result)}"
    name = type(result).__name__
    return "None" if result is None else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
