"""Law: after any run, also a failing one, every lifted name is the object it was; numpy and math are never touched."""

# ruff: noqa: E501 - a table is read across
from __future__ import annotations

import builtins
import functools
import math
import threading

import numpy as np
import plain_module
import pytest

from gradcheck_tool.complaint import CannotFollow
from gradcheck_tool.tracing import record

X = np.array([0.83, 0.31, 0.57, 0.72])


def places():
    """Everything lifting may exchange in the plain module, by place."""
    module = dict(vars(plain_module))
    return {
        **{("global", name): value for name, value in module.items()},
        **{("numpy", name): value for name, value in vars(np).items()},
        **{("math", name): value for name, value in vars(math).items()},
        **{("table", key): value for key, value in plain_module.TABLE.items()},
        **{("steps", k): value for k, value in enumerate(plain_module.STEPS)},
        **{("class", name): value for name, value in vars(plain_module.Model).items()},
        **{("instance", name): value for name, value in vars(plain_module.MODEL).items()},
        ("default", 0): plain_module.default.__defaults__,
        ("keyword default", 0): plain_module.keyword_default.__kwdefaults__["f"],
        ("partial", 0): plain_module.MODULE_PARTIAL.func,
        ("partial", 1): plain_module.NP_PARTIAL.func,
        ("import", 0): builtins.__import__,
        ("builtins", 0): (builtins.float, builtins.int, builtins.type),
    }


def assert_same(before, after):
    assert before.keys() == after.keys()
    assert [key for key, value in before.items() if after[key] is not value and after[key] != value] == []


@pytest.mark.parametrize("f", plain_module.FUNCTIONS, ids=lambda f: f.__name__)
def test_everything_stands_where_it_stood(f):
    """Recording any function of the plain module leaves every name as it was, also the second time."""
    f(X.copy())
    before = places()
    for _ in range(2):
        record(f, X)
        after = places()
        for name in ("COUNT", "SCALE"):  # which the function itself may rebind
            before.pop(("global", name), None)
            after.pop(("global", name), None)
        assert_same(before, after)


class Failure(Exception):  # noqa: N818 - what a user may call his own
    pass


@pytest.mark.parametrize("error", [Failure, KeyboardInterrupt, SystemExit, RecursionError])
def test_restored_after_an_exception(error):
    """The user's own exception passes unchanged, and everything is restored."""
    before = places()
    genuine = id(np)

    def f(x):
        plain_module.class_instance(x)
        assert id(plain_module.np) != genuine  # lifted while f runs
        raise error("mine")

    with pytest.raises(error, match="mine") as caught:
        record(f, X)
    assert_same(before, places())
    assert caught.traceback[-1].frame.code.name == "f"


def test_restored_after_a_refusal():
    """The same where the code does something no rule follows."""
    before = places()

    def f(x):
        return plain_module.from_math(x) + np.float64(np.linalg.matrix_rank(np.outer(x, x))) + np.fft.fft(x)

    with pytest.raises(CannotFollow):
        record(f, X)
    assert_same(before, places())


def test_nested_recordings_restore_in_order():
    """A recording inside a recording leaves the outer one lifted, and the end leaves nothing lifted."""
    before = places()

    def inner(y):
        return np.sum(y * plain_module.from_numpy(y))

    def f(x):
        first = plain_module.np
        record(inner, np.array([0.5, 0.6, 0.7, 0.8]))
        assert plain_module.np is first
        return plain_module.from_numpy(x)

    record(f, X)
    assert_same(before, places())


def test_closure_variables_are_restored():
    """Cells of an enclosing function hold the same objects afterwards."""
    sine, array = math.sin, np.array([1.0, 2.0, 3.0, 4.0])

    def f(x):
        return sine(x[0]) + np.sum(array * x)

    record(f, X)
    assert sine is math.sin
    assert type(array) is np.ndarray


def test_a_changed_name_is_noticed_by_the_next_recording():
    """What lifting remembers of a function is dropped when one of its names means something else."""
    table = {"f": math.sin}

    def f(x):
        return table["f"](x[0])

    assert record(f, X).result == math.sin(0.83)
    table["f"] = math.cos
    assert record(f, X).result == math.cos(0.83)
    table["g"] = math.exp

    def g(x):
        return table["g"](x[0])

    assert record(g, X).result == math.exp(0.83)


def test_users_caches_stay_clean():
    """An lru_cache of the user's neither receives recorded values nor loses its own."""

    @functools.lru_cache
    def cached(v):
        return math.exp(v)

    cached(1.0)

    def f(x):
        return cached(x[0]) * cached(1.0)

    before = cached.cache_info()
    record(f, X)
    assert cached.cache_info() == before
    assert type(cached(float(X[0]))) is float


def test_other_threads_compute_plainly():
    """Another thread that runs the same module meanwhile gets plain numbers and plain arrays."""
    inside, done = threading.Event(), threading.Event()
    seen = {}

    def other():
        inside.wait(10)
        for f in (plain_module.from_math, plain_module.fill_index, plain_module.module_array, plain_module.to_floats,
                  plain_module.lists, plain_module.class_instance):  # fmt: skip
            seen[f.__name__] = f(X.copy())
        seen["array"] = plain_module.np.zeros(3)
        done.set()

    def f(x):
        inside.set()
        assert done.wait(10)
        return sum(g(x) for g in (plain_module.from_math, plain_module.fill_index, plain_module.module_array,
                                  plain_module.to_floats, plain_module.lists, plain_module.class_instance))  # fmt: skip

    expected = {g.__name__: g(X.copy()) for g in (plain_module.from_math, plain_module.fill_index, plain_module.to_floats,
                plain_module.module_array, plain_module.lists, plain_module.class_instance)}  # fmt: skip
    thread = threading.Thread(target=other)
    thread.start()
    record(f, X)
    thread.join()
    assert type(seen.pop("array")) is np.ndarray
    assert {name: type(value) for name, value in seen.items()} == {
        name: type(value) for name, value in expected.items()
    }
    assert seen == expected
