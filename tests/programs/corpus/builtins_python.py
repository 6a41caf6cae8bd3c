"""Python's own functions and types on numbers that matter."""

import copy
import functools
import itertools
import numbers
import operator
import statistics

import numpy as np


def builtin_sum(x):
    return sum(x) ** 2


def builtin_sum_start(x):
    return sum(x, x[0] * 2)


def builtin_sum_of_arrays(x):
    return sum([x, x**2, np.ones(3)])


def builtin_max_min(x):
    return max(x) * min(x)


def builtin_max_two(x):
    return max(x[0], x[1]) - min(x[2], 1.0) * max(0, x[2])


def builtin_max_key(x):
    return max(x, key=lambda v: abs(v - 1.0)) ** 2


def builtin_max_default(x):
    return max([v for v in x if v > 1], default=0.0) * x[0]


def builtin_abs(x):
    return abs(x[0] - x[1]) * abs(x).sum()


def builtin_pow(x):
    return pow(x[0], 3) + pow(x[1], x[2]) + pow(2, x[0])


def builtin_round(x):
    return round(x[0], 1) * x[1] + round(x[1])


def builtin_divmod(x):
    q, r = divmod(x[1], 0.4)
    return q * x[0] + r * r


def builtin_sorted(x):
    a, b, c = sorted(x)
    return a + 2 * b + 3 * c


def builtin_sorted_reverse(x):
    return np.array(sorted(x, reverse=True)) * np.arange(1, 4)


def builtin_reversed(x):
    return np.array(list(reversed(x))) * x


def builtin_zip_map_filter(x):
    return sum(map(operator.mul, x, filter(lambda v: v > 0, reversed(x))))


def builtin_any_all(x):
    return x[0] ** 2 if any(v > 1 for v in x) and all(v > 0 for v in x) else x[1]


def builtin_float(x):
    return float(x[0]) * float(x[1]) ** 2


def builtin_float_of_array(x):
    return float(np.sum(x)) * float(np.dot(x, x))


def builtin_float_subscript(x):
    y = [float(v) for v in x]
    return y[0] * y[1] + y[2] ** 2


def builtin_int_used(x):
    n = int(x[1] * 3)
    return sum(x[0] ** k for k in range(n))


def builtin_bool(x):
    return (x[0] if bool(x[1]) else x[2]) ** 2


def builtin_complex(x):
    return abs(complex(x[0], x[1]) * complex(0, 1))


def builtin_isinstance_float(x):
    t = x[0]
    if isinstance(t, float):
        return t**2
    return t * 0.0


def builtin_isinstance_number(x):
    return x[0] ** 3 if isinstance(x[0], (int, float, np.floating)) else -x[0]


def builtin_isinstance_abc(x):
    return x[1] ** 2 if isinstance(x[1], numbers.Real) else 0.0


def builtin_isinstance_array(x):
    y = x * 2
    return y.sum() ** 2 if isinstance(y, np.ndarray) else 0.0


def builtin_isinstance_scalar_point(t):
    if isinstance(t, np.ndarray):
        return t.sum()
    return t**2 * 3


def is_scalar(x):
    return np.sin(x[0]) if np.isscalar(x[0]) else x[0] * 5


def ndim_dispatch(x):
    x = np.asarray(x)
    if x.ndim == 0:
        return x**2
    return np.sum(x**2) * np.size(x) / x.shape[0] * len(x)


def hasattr_dispatch(x):
    total = 0.0
    for v in x:
        total = total + (v.item() if hasattr(v, "item") else v) ** 2
    return total


def dtype_dispatch(x):
    if x.dtype == np.float64 or x.dtype.kind == "f":
        return x**2
    return x


def asarray_float(x):
    return np.asarray(x, dtype=float) ** 2


def asarray_of_mixed(x):
    return np.asarray([x[0], 1, x[2] ** 2], dtype=np.float64) * 2


def astype_float(x):
    return x.astype(float).astype(np.float64) ** 2


def np_float64_call(x):
    return np.float64(x[0]) * np.float64(x[1] + 1)


def tolist_values(x):
    a, b, c = x.tolist()
    return a * b - c**2


def tolist_matrix(x):
    rows = np.outer(x, x).tolist()
    return rows[0][1] * rows[2][0]


def item_values(x):
    return x[0].item() * np.sum(x).item()


def list_of_array(x):
    v = list(x)
    v[0] = v[1] * v[2]
    return v[0] + v[1] ** 2


def tuple_unpack_star(x):
    def f(a, b, c):
        return a * b * c

    return f(*x) + f(*reversed(x))


def keyword_arguments(x):
    def f(*, a, b=2.0, **rest):
        return a * b + rest["c"] ** 2

    return f(a=x[0], c=x[2]) + f(**{"a": x[1], "b": x[0], "c": 1.0})


def functools_reduce(x):
    return functools.reduce(lambda p, q: p * q + 1, x)


def functools_reduce_operator(x):
    return functools.reduce(operator.mul, x, 2.0)


def itertools_accumulate(x):
    return np.array(list(itertools.accumulate(x)))


def itertools_accumulate_product(x):
    return list(itertools.accumulate(x, operator.mul))[-1] ** 2


def itertools_product(x):
    return sum(a * b for a, b in itertools.product(x, repeat=2))


def itertools_pairwise(x):
    return sum((b - a) ** 2 for a, b in itertools.pairwise(x))


def itertools_chain_islice(x):
    return sum(v**2 for v in itertools.islice(itertools.chain(x, [3.0], x), 1, 6))


def operator_functions(x):
    return operator.add(x[0], operator.truediv(x[1], x[2])) - operator.neg(operator.pow(x[0], 2))


def operator_itemgetter(x):
    a, c = operator.itemgetter(0, 2)(x)
    return a * c**2


def operator_inplace(x):
    y = x.copy()
    y = operator.iadd(y, 1.0)
    return operator.imul(y, x)


def copy_shallow(x):
    y = copy.copy(x)
    y[0] = 5.0
    return y * x


def copy_deep(x):
    d = {"a": x, "b": [x[0], x[1]]}
    e = copy.deepcopy(d)
    e["b"][0] = e["b"][1] * 2
    return e["a"].sum() * e["b"][0] + d["b"][0]


def format_and_repr(x):
    text = f"{x[0]:.3f} {x[1]!r} {x}"
    return x.sum() ** 2 + 0 * len(text)


def percent_formatting(x):
    label = "%.2f and %g" % (x[0], x[1])
    return x[2] ** 2 if label else x[0]


def string_format_method(x):
    s = "{:8.4e} {}".format(x[0], str(x[1]))
    return x[0] * x[1] + (0 if s else 1)


def print_progress(x):
    s = 0.0
    for k, v in enumerate(x):
        s += v**2
        print(k, s, end="", file=None) if False else None
    return s


@functools.lru_cache(maxsize=None)
def _cached_power(a, n):
    return 1.0 if n == 0 else a * _cached_power(a, n - 1)


def cached_recursion(x):
    return _cached_power(x[0], 4) + _cached_power(x[1], 2)


@functools.singledispatch
def _area(shape):
    return shape * 0.0


@_area.register
def _(shape: float):
    return 3.0 * shape**2


@_area.register
def _(shape: list):
    return shape[0] * shape[1]


def single_dispatch(x):
    return _area(x[0].item()) + _area([x[1], x[2]])


def vectorized_function(x):
    f = np.vectorize(lambda a, b: a * b if a > b else a - b)
    return f(x, 0.5)


def vectorize_decorator(x):
    @np.vectorize
    def g(t):
        return t**2 if t > 0.5 else np.sin(t)

    return g(x)


def vectorize_excluded(x):
    f = np.vectorize(lambda t, p: p[0] * t + p[1], excluded=[1])
    return f(x, [2.0, 1.0])


def apply_along_rows(x):
    return np.apply_along_axis(lambda r: r.sum() * r[0], 1, np.outer(x, x))


def frompyfunc_table(x):
    f = np.frompyfunc(lambda a, b: a * b + 1, 2, 1)
    return np.asarray(f(x, x[::-1]), dtype=float)


def fromiter_values(x):
    return np.fromiter((v**2 for v in x), dtype=float)


def statistics_mean(x):
    return statistics.fmean(x) ** 2


def statistics_variance(x):
    data = [v for v in x]
    m = sum(data) / len(data)
    return sum((v - m) ** 2 for v in data) / (len(data) - 1)


def globals_function_table(x):
    return sum(f(v) for f, v in zip([np.sin, abs, lambda t: t**2], x))


def getattr_method(x):
    return getattr(x, "sum")() * getattr(np, "exp")(x[0])


def walrus(x):
    return (y := x[0] * x[1]) ** 2 + y


def match_statement(x):
    match len(x):
        case 3:
            return x[0] * x[1] * x[2]
        case _:
            return x[0]


def chained_comparison(x):
    return x[0] ** 2 if 0.0 < x[0] < x[1] else x[2]


def set_and_dict_keys(x):
    d = {k: v**2 for k, v in zip("abc", x)}
    return sum(d[k] for k in sorted(d)) * d["b"]


def number_methods(x):
    v = x[1]
    return v.real * v.conjugate() + v.imag + (1.0 if float(v).is_integer() else 0.0)


def float32_and_back(x):
    scale = np.float32(0.5)
    return x * scale + np.arange(3, dtype=np.float32)


def negative_zero_and_truth(x):
    return (x[0] or 5.0) * (x[1] and x[2])


def integer_powers_of_ten(x):
    return x[0] * 10**-2 + x[1] * 1e3 // 1 * 0 + 1 / 3 * x[2]


POINTS = {"builtin_isinstance_scalar_point": 1.3, "builtin_round": [0.73, 1.3, 0.4], "builtin_divmod": [0.7, 1.35, 0.4]}
DEFAULT = [0.7, 1.3, 0.4]
