"""Computes the truth of the models: Jacobians from numbers of 120 digits, independently of the tool.

The unchanged source (or, where a model has an `intended_` twin, that one) runs on the numbers of `tests/programs`,
and central differences with a step of 1e-25 give the derivative to 50 digits and more. The right gradient is run on the
same numbers and must be the truth to rounding of its constants; where it cannot be run so, its doubles must be near.

    python tests/verdicts/make_truth.py [group ...] [--all]
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path
from typing import Any

import numpy as np
from mpmath import mp

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "programs"))

from arrays_of_real import array
from cases import INTENDED, MODELS, TRUTH, Model, digest, flat, groups, matrix, models, source
from digits import Digits
from real import Real, raw
from standins import load

PATIENCE = 60  # seconds for one model
SAME_FORMULA = 2e-8  # constants of a model are doubles, and an inner iteration stops somewhere
VANISHING = 1e-23  # a difference as small as its own step, where the gradient says 0, is 0
NEAR = 1e-5  # the same in double arithmetic, beside the rounding of a cancelling formula


class Broken(Exception):
    """A model that is not what it says."""


def _out_of_patience(*_: Any) -> None:
    raise TimeoutError("too slow at 80 digits")


def _unpacker(model: Model) -> Any:
    """Flat 80-digit numbers as the model's arguments."""

    def build(template: Any, numbers: Any) -> Any:
        if isinstance(template, dict):
            return {key: build(inner, numbers) for key, inner in template.items()}
        if isinstance(template, np.ndarray):
            return array([next(numbers) for _ in range(template.size)]).reshape(template.shape)
        return next(numbers)

    def unpack(x: Any) -> dict[str, Any]:
        numbers = iter([Real(raw(v)) for v in np.asarray(x).ravel()])
        return {name: build(value, numbers) for name, value in model.arguments.items()}

    return unpack


def jacobian(model: Model, names: dict[str, Any]) -> tuple[np.ndarray, np.ndarray | None]:
    """The truth, shape (m, n), and the right gradient at 80 digits, None where it cannot be run on them."""
    signal.signal(signal.SIGALRM, _out_of_patience)
    signal.alarm(PATIENCE)
    unpack = _unpacker(model)
    function = names.get(f"{INTENDED}{model.name}", names[model.name])
    point = np.array(flat(model.arguments), dtype=float)
    mp.dps = 400 if np.any((point != 0) & ((np.abs(point) > 1e60) | (np.abs(point) < 1e-60))) else 120
    try:
        run = Digits(lambda x: function(**unpack(x)), point)
        found = run.jacobian()
        if "left" in found:
            raise Broken(f"not smooth there: {found}")
        truth = np.array(found["jacobian"], dtype=float)
        try:
            gradient = names.get(f"{INTENDED}{model.name}_grad", names[f"{model.name}_grad"])
            own = [raw(v) for v in flat_reals(gradient(**unpack(array(point))))]
            exact = np.array([float(v) for v in own])
        except Exception as problem:  # noqa: BLE001 - gradients may use what has no 80 digits
            print(f"  {model.group}.{model.label}: gradient in doubles only: {type(problem).__name__}: {problem}"[:150])
            exact = None
        if exact is None or exact.size != truth.size:
            return truth, None
        exact = exact.reshape(truth.shape)
        return np.where((exact == 0) & (np.abs(truth) < VANISHING), 0.0, truth), exact
    finally:
        mp.dps = 80
        signal.alarm(0)


def flat_reals(nest: Any) -> list[Any]:
    if isinstance(nest, dict):
        return [x for inner in nest.values() for x in flat_reals(inner)]
    if isinstance(nest, tuple | list):
        return [x for inner in nest for x in flat_reals(inner)]
    return list(np.asarray(nest).ravel()) if isinstance(nest, np.ndarray) else [nest]


def entry(model: Model, names: dict[str, Any]) -> dict[str, Any]:
    """The truth of a model as data. Raises `Broken` where its gradient is not the derivative."""
    truth, exact = jacobian(model, names)
    with np.errstate(all="ignore"):
        own = matrix(model.gradient(**model.arguments), truth.shape)
    if own is None:
        raise Broken("the right gradient has another shape")
    size = np.maximum(np.abs(truth), np.finfo(float).tiny)
    if exact is not None and np.any(np.abs(exact - truth) > SAME_FORMULA * size):
        k = int(np.argmax(np.abs(exact - truth) / size))
        raise Broken(f"its gradient is not the derivative: {exact.flat[k]!r}, truth {truth.flat[k]!r}")
    rounding = np.abs(own - truth)
    if exact is None and np.any(rounding > NEAR * size):
        k = int(np.argmax(rounding / size))
        raise Broken(f"its gradient is far from the derivative: {own.flat[k]!r}, truth {truth.flat[k]!r}")
    return {
        "source": digest(model),
        "proved": exact is not None,
        "jacobian": truth.tolist(),
        "rounding": rounding.tolist(),
    }


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("groups", nargs="*")
    words.add_argument("--all", action="store_true", help="also models that have not changed")
    options = words.parse_args()
    TRUTH.mkdir(exist_ok=True)
    for group in options.groups or groups():
        path = TRUTH / f"{group}.json"
        known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        names = load(source(group), str(MODELS / f"{group}.py"))
        kept = {}
        for model in models(group):
            old = known.get(model.label)
            if old is not None and old["source"] == digest(model) and not options.all:
                kept[model.label] = old
                continue
            try:
                kept[model.label] = entry(model, names)
            except Exception as problem:  # noqa: BLE001 - say which model is broken, go on
                print(f"{group}.{model.label}: BROKEN {type(problem).__name__}: {problem}"[:300])
        lines = ",\n".join(f"{json.dumps(label)}: {json.dumps(found)}" for label, found in kept.items())
        path.write_text("{\n" + lines + "\n}\n", encoding="utf-8")
        proved = sum(found["proved"] for found in kept.values())
        print(f"{group}: {len(kept)} of {len(models(group))}, {proved} proved", flush=True)


if __name__ == "__main__":
    main()
