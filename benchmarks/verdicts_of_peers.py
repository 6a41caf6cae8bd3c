"""The checkers people use, on the models of `tests/verdicts`: the same gradients, points and truth as for this tool.

    python benchmarks/verdicts_of_peers.py [--share K]

Each tool is asked with its defaults; a call that raises because gradients differ says "wrong", any other says "unsure".
All are given flat vectors, whatever the model takes. jax and numdifftools are skipped where they cannot be imported.
A row: right gradients, how many were accused, wrong ones, share detected, missed, and "both", the
share of wrong ones detected at points where the right gradient passes.
"""

from __future__ import annotations

import argparse
import signal
import sys
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "verdicts"))

from cases import Model, as_arrays, flat, groups, matrix, models, restored, special, special_names, truths
from model_mutants import Mutant, mutants, patience

Flat = Callable[[np.ndarray], np.ndarray]
LONGEST = 10.0


def flattened(point: dict[str, Any], function: Any, gradient: Any) -> tuple[np.ndarray, Flat, Flat]:
    """The point as one vector, f as a map of vectors, and its gradient as a matrix."""
    template = {name: as_arrays(value) for name, value in point.items()}
    x = np.array(flat(template), dtype=float)

    def f(v: np.ndarray) -> np.ndarray:
        return np.array(flat(function(**restored(template, list(np.asarray(v, dtype=float))))), dtype=float)

    def g(v: np.ndarray) -> np.ndarray:
        rows = f(x).size
        result = gradient(**restored(template, list(np.asarray(v, dtype=float))))
        values = matrix(result, (rows, x.size))
        return np.array(flat(result), dtype=float) if values is None else values

    return x, f, g


def scipy_check_grad(x: np.ndarray, f: Flat, g: Flat) -> bool:
    from scipy.optimize import check_grad

    worst = max(
        check_grad(lambda v, i=i: float(f(v)[i]), lambda v, i=i: np.asarray(g(v)[i]).ravel(), x)
        for i in range(f(x).size)
    )
    return bool(worst <= 1e-5)


def scipy_check_derivative(x: np.ndarray, f: Flat, g: Flat) -> bool:
    from scipy.optimize._numdiff import check_derivative

    return bool(check_derivative(lambda v: f(v), lambda v: g(v), x) <= 1e-6)


def torch_gradcheck(x: np.ndarray, f: Flat, g: Flat) -> bool:
    import torch

    class Wrapped(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, v: Any) -> Any:
            ctx.save_for_backward(v)
            return torch.from_numpy(f(v.detach().numpy().copy()))

        @staticmethod
        def backward(ctx: Any, upstream: Any) -> Any:
            (v,) = ctx.saved_tensors
            return torch.from_numpy(np.asarray(upstream.detach().numpy() @ g(v.detach().numpy().copy()), dtype=float))

    v = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    return bool(torch.autograd.gradcheck(Wrapped.apply, (v,), raise_exception=False))


def hips_check_grads(x: np.ndarray, f: Flat, g: Flat) -> bool:
    from autograd.extend import defvjp, primitive
    from autograd.test_util import check_grads

    @primitive
    def wrapped(v: np.ndarray) -> np.ndarray:
        return f(v)

    defvjp(wrapped, lambda _ans, v: lambda upstream: np.asarray(upstream @ g(v)).reshape(x.shape))
    try:
        check_grads(wrapped, modes=["rev"], order=1)(x)
    except AssertionError:
        return False
    return True


def numdifftools_estimate(x: np.ndarray, f: Flat, g: Flat) -> bool:
    import numdifftools

    estimate, information = numdifftools.Jacobian(lambda v: f(v), full_output=True)(x)
    gap = np.abs(np.asarray(estimate).reshape(g(x).shape) - g(x))
    return bool(np.all(gap <= 10 * np.abs(information.error_estimate).reshape(gap.shape) + 1e-8))


def jax_check_grads(x: np.ndarray, f: Flat, g: Flat) -> bool:
    import jax

    jax.config.update("jax_enable_x64", True)  # noqa: FBT003 - the library's own spelling

    @jax.custom_vjp
    def wrapped(v: Any) -> Any:
        return jax.pure_callback(lambda u: f(np.array(u)), jax.ShapeDtypeStruct((f(x).size,), float), v)

    shape = jax.ShapeDtypeStruct(x.shape, float)
    wrapped.defvjp(
        lambda v: (wrapped(v), v),
        lambda v, up: (jax.pure_callback(lambda u, w: np.asarray(w) @ g(np.array(u)), shape, v, up),),
    )
    try:
        from jax.test_util import check_grads

        check_grads(wrapped, (x,), order=1, modes=["rev"])
    except AssertionError:
        return False
    return True


PEERS = {
    "scipy check_grad (<= 1e-5)": ("scipy", scipy_check_grad),
    "scipy check_derivative (<= 1e-6)": ("scipy", scipy_check_derivative),
    "torch gradcheck": ("torch", torch_gradcheck),
    "HIPS autograd check_grads": ("autograd", hips_check_grads),
    "numdifftools, its error estimate": ("numdifftools", numdifftools_estimate),
    "jax check_grads": ("jax", jax_check_grads),
}


def asked(peer: Callable[..., bool], point: dict[str, Any], function: Any, gradient: Any) -> str:
    """passed, wrong, or unsure where the tool fails for a reason of its own."""
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"), patience(LONGEST):
            warnings.simplefilter("ignore")
            return "passed" if peer(*flattened(point, function, gradient)) else "wrong"
    except (ValueError, IndexError) as problem:  # a shape that does not fit is noticed by an exception
        return (
            "wrong" if any(word in str(problem) for word in ("shape", "size", "dimension", "broadcast")) else "unsure"
        )
    except Exception:  # noqa: BLE001 - whatever a tool does with odd code
        return "unsure"


@cache
def _cases(group: str, share: int) -> list[tuple[Model, list[Mutant]]]:
    return [
        (model, mutants(model, truths(group)[model.label])[number % share :: share])
        for number, model in enumerate(models(group))
    ]


def _judged(peer: Callable[..., bool], share: int, chosen: list[str]) -> dict[str, list[int]]:
    """Per group: right, accused, unsure, wrong, detected, missed, both."""
    table: dict[str, list[int]] = {}
    for group in chosen:
        row = table.setdefault(group, [0] * 7)
        for model, wrong in _cases(group, share):
            verdict = asked(peer, model.point, model.function, model.gradient)
            row[0] += 1
            row[1] += verdict == "wrong"
            row[2] += verdict == "unsure"
            for mutant in wrong:
                said = asked(peer, model.point, model.function, mutant.gradient)
                row[3] += 1
                row[4] += said == "wrong"
                row[5] += said == "passed"
                row[6] += said == "wrong" and verdict == "passed"
    return table


def _unacceptable(peer: Callable[..., bool]) -> int:
    word = {"passed": "agree", "wrong": "wrong", "unsure": "error"}
    bad = 0
    for name in special_names():
        case = special(name)
        said = word[asked(peer, case.point, case.function, case.gradient)]
        bad += said not in case.accepted and not (said == "error" and "cannot-tell" in case.accepted)
    return bad


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("groups", nargs="*")
    words.add_argument("--share", type=int, default=4)
    options = words.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    titles = "tool (defaults) | right | false alarms | unsure | wrong | detected % | missed | both % | unacceptable"
    print(f"| {titles} |\n|---|---|---|---|---|---|---|---|---|")
    by_group: dict[str, dict[str, list[int]]] = {}
    for name, (library, peer) in PEERS.items():
        try:
            __import__(library)
        except ImportError:
            print(f"| {name} | not installed here |  |  |  |  |  |  |  |")
            continue
        by_group[name] = _judged(peer, options.share, options.groups or groups())
        right, alarms, unsure, wrong, found, missed, both = map(sum, zip(*by_group[name].values(), strict=True))
        print(
            f"| {name} | {right} | {alarms} | {unsure} | {wrong} | {100 * found / wrong:.1f} | {missed} |"
            f" {100 * both / wrong:.1f} | {_unacceptable(peer)} of {len(special_names())} |",
            flush=True,
        )
    print("\n| group |" + "".join(f" {name} |" for name in by_group) + "\n|---|" + "---|" * len(by_group))
    for group in next(iter(by_group.values())):
        cells = [f" {100 * t[group][6] / max(t[group][3], 1):.0f} ({t[group][1]}) |" for t in by_group.values()]
        print(f"| {group} |" + "".join(cells))
    print("\nper group: both %, in brackets right gradients accused")


if __name__ == "__main__":
    main()
