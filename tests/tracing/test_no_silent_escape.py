"""Law: a recorded value never becomes a plain number silently, anywhere in NumPy's or math's API."""

# ruff: noqa: E501 - a table is read across
from __future__ import annotations

import math

import numpy as np
import pytest
from following import verdict

X = np.array([0.83, 0.31, 0.57, 0.72, 0.44, 0.65])
MASK = np.array([True, False, True, True, False, True])

# Files, printing, randomness, settings and type arithmetic: they take no numbers to differentiate.
pytestmark = pytest.mark.filterwarnings("ignore")

SKIPPED = {
    "asmatrix", "bmat", "matrix", "memmap", "save", "savetxt", "savez", "savez_compressed", "load", "loadtxt", "genfromtxt", "fromfile",
    "fromregex", "fromstring", "frombuffer", "fromfunction", "test", "show_config", "show_runtime", "info", "set_printoptions",
    "get_printoptions", "printoptions", "seterr", "geterr", "seterrcall", "geterrcall", "errstate", "setbufsize", "getbufsize",
    "get_include", "finfo", "iinfo", "dtype", "ufunc", "generic", "object_", "void", "record", "recarray", "bytes_", "str_", "flexible",
    "character", "datetime64", "timedelta64", "datetime_as_string", "datetime_data", "empty_like", "empty", "busday_count", "busday_offset", "busdaycalendar",
    "is_busday", "nditer", "nested_iters", "flatiter", "ndindex", "broadcast", "put", "typename", "isdtype", "issubdtype",
    "promote_types", "mintypecode", "from_dlpack", "base_repr", "binary_repr", "format_float_positional", "format_float_scientific",
    "require", "poly1d", "ndarray", "vectorize", "frompyfunc", "apply_along_axis", "apply_over_axes", "piecewise", "chararray",
    "iterable", "isfortran", "ScalarType", "sctypeDict", "typecodes", "ndenumerate",
}  # fmt: skip


def square(x):
    return x[:4].reshape(2, 2) + 3.0 * np.eye(2)


FORMS = {
    "x": lambda f, x: f(x),
    "x0": lambda f, x: f(x[0]),
    "0d": lambda f, x: f(np.asarray(x[0])),
    "list": lambda f, x: f([x[0], x[1], 2.0]),
    "rows": lambda f, x: f([x, 2 * x]),
    "A": lambda f, x: f(x.reshape(2, 3)),
    "M": lambda f, x: f(square(x)),
    "x 2": lambda f, x: f(x, 2),
    "x 0.5": lambda f, x: f(x, 0.5),
    "x x": lambda f, x: f(x, x[::-1] * 1.5),
    "x c": lambda f, x: f(x, X[::-1].copy()),
    "c x": lambda f, x: f(X[::-1].copy(), x),
    "2 x": lambda f, x: f(2, x),
    "s s": lambda f, x: f(x[0], x[1]),
    "s 2": lambda f, x: f(x[0], 2),
    "2 s": lambda f, x: f(2.0, x[0]),
    "x s": lambda f, x: f(x, x[0]),
    "s x": lambda f, x: f(x[0], x),
    "A A": lambda f, x: f(x.reshape(2, 3), x.reshape(2, 3)[::-1]),
    "A T": lambda f, x: f(x.reshape(2, 3), x.reshape(3, 2)),
    "M v": lambda f, x: f(square(x), x[:2]),
    "M M": lambda f, x: f(square(x), square(x).T),
    "M 2": lambda f, x: f(square(x), 2),
    "list list": lambda f, x: f([x[0], 1.0, x[2]], [2.0, x[1], x[2]]),
    "mask x": lambda f, x: f(MASK.copy(), x),
    "x mask": lambda f, x: f(x, MASK.copy()),
    "mask x x": lambda f, x: f(MASK.copy(), x, x * x),
    "x places": lambda f, x: f(x, np.array([2, 0])),
    "x x x": lambda f, x: f(x, x * 0.5, x * x),
    "x 0.4 0.7": lambda f, x: f(x, 0.4, 0.7),
    "s 0.4 0.7": lambda f, x: f(x[0], 0.4, 0.7),
    "3 x": lambda f, x: f(3, x),
    "shape s": lambda f, x: f((2, 2), x[0]),
    "axis": lambda f, x: f(x.reshape(2, 3), axis=1),
    "axis0": lambda f, x: f(x.reshape(2, 3), axis=0),
    "keep": lambda f, x: f(x.reshape(2, 3), axis=1, keepdims=True),
    "axes": lambda f, x: f(x.reshape(1, 2, 3), axis=(0, 2)),
    "where": lambda f, x: f(x, where=MASK),
    "initial": lambda f, x: f(x, initial=2.0),
    "dtype": lambda f, x: f(x, dtype=int),
    "ddof": lambda f, x: f(x, ddof=1),
    "order": lambda f, x: f(x.reshape(2, 3), order="F"),
    "out": lambda f, x: _out(f, x, np.zeros(6)),
    "out own": lambda f, x: _out(f, x, x * 2.0),
    "out2": lambda f, x: _out2(f, x, np.zeros(6)),
    "kw x": lambda f, x: f(a=x),
    "weights": lambda f, x: f(x, weights=x * x),
    "pair": lambda f, x: f((x, x * 2)),
    "pieces": lambda f, x: f([x[:2], x[2:]]),
}


def _out(f, x, buffer):
    return f(x, out=buffer), buffer


def _out2(f, x, buffer):
    return f(x, x * 2.0, out=buffer), buffer


def public(module):
    return sorted(
        name for name in dir(module)
        if not name.startswith("_") and name not in SKIPPED and callable(getattr(module, name))
        and not (isinstance(getattr(module, name), type) and issubclass(getattr(module, name), BaseException))
    )  # fmt: skip


def caller(module_name, name):
    def f(x, form):
        y = x * 1.0
        modules = {"np": np, "linalg": np.linalg, "fft": np.fft, "math": math}
        result = FORMS[form](getattr(modules[module_name], name), y)
        return [result, y]

    return f


CASES = [
    (module_name, name)
    for module_name, module in {"np": np, "linalg": np.linalg, "fft": np.fft, "math": math}.items()
    for name in public(module)
]


def complaint(word):
    """What is wrong with a verdict, empty where nothing is.

    Nonsense arguments may be refused in other words than NumPy's, or be understood where NumPy raises `TypeError`.
    """
    fine = word in ("right", "refused", "raises") or word.startswith("answers where the plain run raises TypeError")
    return "" if fine or (word.startswith("raises") and " instead of " in word) else word


def thinned(cases, ids, every=4, mark=pytest.mark.heavy):
    """All cases, of which only some are run every time: the rest takes minutes and is marked so."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), id=name, marks=[mark] if k % every else [])
        for k, (case, name) in enumerate(zip(cases, ids, strict=True))
    ]  # fmt: skip


@pytest.mark.parametrize(("module", "name"), thinned(CASES, [".".join(case) for case in CASES]))
def test_function_is_followed_or_refused(module, name):
    """Every public function gives the right derivative, or a refusal with place and remedy, or NumPy's own error."""
    f = caller(module, name)
    words = {form: complaint(verdict(lambda x, form=form: f(x, form), X)) for form in FORMS}
    assert {form: word for form, word in words.items() if word} == {}


METHOD_FORMS = {
    "()": lambda f, _x: f(),
    "(0)": lambda f, _x: f(0),
    "(1)": lambda f, _x: f(1),
    "(x)": lambda f, x: f(x),
    "(x0)": lambda f, x: f(x[0]),
    "(mask)": lambda f, _x: f(MASK),
    "(places)": lambda f, _x: f(np.array([1, 0])),
    "(int)": lambda f, _x: f(int),
    "(float)": lambda f, _x: f(float),
    "(shape)": lambda f, _x: f(3, 2),
    "(0.4, 0.7)": lambda f, _x: f(0.4, 0.7),
    "axis": lambda f, _x: f(axis=0),
    "keep": lambda f, _x: f(axis=0, keepdims=True),
    "where": lambda f, x: f(where=np.ones(np.shape(x), bool)),
    "initial": lambda f, _x: f(initial=2.0),
    "dtype": lambda f, _x: f(dtype=int),
    "order": lambda f, _x: f(order="F"),
}
METHODS = sorted(
    name for name in dir(np.ndarray)
    if not name.startswith("__") and name not in {"tofile", "dump", "dumps", "tobytes", "ctypes", "data", "setflags", "byteswap",
        "getfield", "setfield", "to_device", "device", "flags", "base", "resize"}
)  # fmt: skip
SHAPES = {
    "vector": lambda x: x * 1.0,
    "matrix": lambda x: x.reshape(2, 3) * 1.0,
    "square": square,
    "0d": lambda x: np.asarray(x[0]) * 1.0 + np.zeros(()),
    "number": lambda x: x[0] * 1.0,
    "float": lambda x: float(x[0]) * 1.0,
}


@pytest.mark.parametrize("name", thinned(METHODS, METHODS))
def test_array_method_is_followed_or_refused(name):
    """Every method and attribute of arrays and numbers, likewise."""
    found = []
    for shape, make in SHAPES.items():
        for form, call in METHOD_FORMS.items():

            def f(x, call=call, make=make):
                y = make(x)
                attribute = getattr(y, name)
                return [call(attribute, y) if callable(attribute) else attribute, y]

            word = complaint(verdict(f, X))
            if word:
                found.append(f"{shape} {form}: {word}")
    assert found == []
