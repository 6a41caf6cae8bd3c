"""Law: a complex value between real inputs and real outputs gives the right derivative or a refusal, in all of NumPy."""

# ruff: noqa: E501 - a table is read across
from __future__ import annotations

import cmath

import numpy as np
import pytest
from following import verdict
from test_no_silent_escape import complaint, public, thinned

X = np.array([0.83, 0.31, 0.57, 0.72, 0.44, 0.65])
C = np.array([0.4 + 0.3j, -0.7 + 0.2j, 0.5 - 0.9j])
MASK = np.array([True, False, True])

pytestmark = pytest.mark.filterwarnings("ignore")


def z(x):
    return x[:3] + 1j * x[3:]


def square(x):
    return np.outer(z(x), z(x)[::-1])[:2, :2] + 3.0 * np.eye(2)


def scalar(x):
    return complex(x[0], x[1])


FORMS = {
    "z": lambda f, x: f(z(x)),
    "z0": lambda f, x: f(z(x)[0]),
    "s": lambda f, x: f(scalar(x)),
    "0d": lambda f, x: f(np.asarray(z(x)[0])),
    "list": lambda f, x: f([z(x)[0], x[1], 2.0]),
    "A": lambda f, x: f(np.outer(z(x), x[:2])),
    "M": lambda f, x: f(square(x)),
    "z 2": lambda f, x: f(z(x), 2),
    "z 2.5": lambda f, x: f(z(x), 2.5),
    "z j": lambda f, x: f(z(x), 0.5 + 0.2j),
    "z z": lambda f, x: f(z(x), z(x)[::-1] * 1.5),
    "z c": lambda f, x: f(z(x), C.copy()),
    "c z": lambda f, x: f(C.copy(), z(x)),
    "x c": lambda f, x: f(x[:3], C.copy()),
    "c x": lambda f, x: f(C.copy(), x[:3]),
    "z x": lambda f, x: f(z(x), x[3:]),
    "x z": lambda f, x: f(x[3:], z(x)),
    "2 z": lambda f, x: f(2, z(x)),
    "-2 z": lambda f, x: f(-2.0, z(x)),
    "s s": lambda f, x: f(scalar(x), scalar(x[2:])),
    "s x0": lambda f, x: f(scalar(x), x[2]),
    "x0 s": lambda f, x: f(x[2], scalar(x)),
    "s 2": lambda f, x: f(scalar(x), 2),
    "2 s": lambda f, x: f(2.0, scalar(x)),
    "x j": lambda f, x: f(x[0], 2j),
    "-x 2.5": lambda f, x: f(-float(x[0]), 2.5),
    "z s": lambda f, x: f(z(x), scalar(x)),
    "s x": lambda f, x: f(scalar(x), x[:3]),
    "M z": lambda f, x: f(square(x), z(x)[:2]),
    "M v": lambda f, x: f(square(x), x[:2]),
    "M M": lambda f, x: f(square(x), square(x).T),
    "R z": lambda f, x: f(square(x).real, z(x)[:2]),
    "M 2": lambda f, x: f(square(x), 2),
    "mask z": lambda f, x: f(MASK.copy(), z(x)),
    "mask z x": lambda f, x: f(MASK.copy(), z(x), x[:3]),
    "z mask": lambda f, x: f(z(x), MASK.copy()),
    "z places": lambda f, x: f(z(x), np.array([2, 0])),
    "z z z": lambda f, x: f(z(x), z(x) * 0.5j, z(x) * z(x)),
    "3 z": lambda f, x: f(3, z(x)),
    "shape s": lambda f, x: f((2, 2), scalar(x)),
    "axis": lambda f, x: f(np.outer(z(x), x[:2]), axis=1),
    "axis0": lambda f, x: f(np.outer(z(x), x[:2]), axis=0),
    "keep": lambda f, x: f(np.outer(z(x), x[:2]), axis=1, keepdims=True),
    "out where": lambda f, x: f(z(x), out=np.ones(3, dtype=complex), where=MASK),
    "initial": lambda f, x: f(z(x), initial=2.0),
    "initial j": lambda f, x: f(x[:3], initial=2.0j),
    "dtype": lambda f, x: f(z(x), dtype=float),
    "dtype c": lambda f, x: f(x[:3], dtype=complex),
    "dtype c64": lambda f, x: f(z(x), dtype=np.complex64),
    "out": lambda f, x: out(f, z(x), np.zeros(3)),
    "out c": lambda f, x: out(f, z(x), np.zeros(3, dtype=complex)),
    "out xc": lambda f, x: out(f, x[:3], np.zeros(3, dtype=complex)),
    "out own": lambda f, x: out(f, z(x), z(x) * 2.0),
    "weights": lambda f, x: f(z(x), weights=x[:3]),
    "pieces": lambda f, x: f([z(x)[:2], x[2:]]),
    "A 2": lambda f, x: f(np.outer(z(x), x[:2]), (2, 3)),
}


def out(f, a, buffer):
    return f(a, out=buffer), buffer


def real_parts(result):
    """A nest of results without complex numbers, as a user would return it."""
    if isinstance(result, (list, tuple)):
        return [part for inner in result for part in real_parts(inner)]
    if np.iscomplexobj(result):
        return [result.real, result.imag]
    return [result]


def caller(module_name, name, form):
    def f(x):
        modules = {"np": np, "linalg": np.linalg, "fft": np.fft, "cmath": cmath, "emath": np.emath}
        return real_parts(FORMS[form](getattr(modules[module_name], name), x * 1.0))

    return f


# Whole numbers and half precision: with them differences have nothing to settle on. `unique_values` orders by hash.
COARSE = {name for name in dir(np) if isinstance(getattr(np, name), type) and issubclass(getattr(np, name), np.integer)}
COARSE |= {"half", "float16", "unique_values"}
COARSE |= {"modf", "frexp"}  # not for complex numbers; an output by position leaves the other output its own shape

CASES = [
    (module_name, name)
    for module_name, module in {"np": np, "linalg": np.linalg, "fft": np.fft, "cmath": cmath, "emath": np.emath}.items()
    for name in public(module)
    if name not in COARSE
]


@pytest.mark.parametrize(("module", "name"), thinned(CASES, [".".join(case) for case in CASES], 10, pytest.mark.long))
def test_function_of_complex_values_is_followed_or_refused(module, name):
    """Every public function gives the right derivative, or a refusal with place and remedy, or NumPy's own error."""
    words = {form: complaint(verdict(caller(module, name, form), X)) for form in FORMS}
    assert {form: word for form, word in words.items() if word} == {}
