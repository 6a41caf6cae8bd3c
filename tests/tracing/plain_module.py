"""Plain user code: nothing here knows of any recorder. Each function takes x, a vector of four numbers."""

import functools
import math
import operator
from dataclasses import dataclass, field
from functools import lru_cache, partial, reduce
from math import exp
from math import log as ln

import numpy
import numpy as np
from numpy import sin as np_sin
from numpy import zeros
from numpy.linalg import norm, solve
from plain_neighbour import Scaler, scaled_sum
import plain_neighbour

TABLE = {"sin": math.sin, "exp": np.exp, "square": lambda t: t * t}
STEPS = [math.cos, np.tanh]
DATA = np.array([0.5, 1.5, -1.0, 2.0])
WORKSPACE = np.zeros(4)
COUNT = 0
SCALE = 1.0


def from_math(x):
    return exp(x[0]) * ln(x[1]) + math.hypot(x[2], x[3])


def from_numpy(x):
    y = zeros(4)
    y[:] = np_sin(x)
    return numpy.sum(y * x) + norm(x)


def closure(x):
    k = x[0] * 2
    t = math.sin

    def inner(v):
        return t(v) * k

    return inner(x[1]) + inner(x[2])


def default(x, f=math.exp, scale=DATA):
    return f(x[0]) + np.sum(scale * x)


def keyword_default(x, *, f=np.exp):
    return np.sum(f(x))


def partials(x):
    power = partial(pow, exp=None) if False else partial(math.pow, x[0])
    return power(2.5) + partial(np.dot, DATA)(x)


MODULE_PARTIAL = partial(math.pow, 2.0)
NP_PARTIAL = partial(np.sum, axis=0)


def module_partial(x):
    return MODULE_PARTIAL(x[0]) + NP_PARTIAL(x)


def helper_functions(x):
    return _helper(x) + _twice(_helper, x)


def _helper(v):
    return math.sin(v[0]) * np.prod(v)


def _twice(f, v):
    return f(v * 2.0)


class Model:
    activation = math.tanh
    array_activation = staticmethod(np.tanh)
    weights = np.array([1.0, -2.0, 0.5, 3.0])

    def __init__(self, gain=2.0):
        self.gain = gain
        self.buffer = np.zeros(4)

    def __call__(self, x):
        self.buffer[:] = self.array_activation(x * self.weights)
        return self.gain * self.buffer.sum() + type(self).activation(x[0])

    @property
    def doubled(self):
        return math.sqrt(self.gain) * 2

    @classmethod
    def build(cls):
        return cls(math.exp(1.0))

    @staticmethod
    def smooth(v):
        return math.log1p(math.exp(v))


MODEL = Model()


def class_instance(x):
    return MODEL(x) + MODEL.doubled * x[1] + Model.smooth(x[2])


def class_made_inside(x):
    return Model.build()(x) + Model(x[0]).doubled


def neighbour(x):
    return scaled_sum(x) + plain_neighbour.scaled_sum(x * x) + Scaler(2.0).apply(x)


def dict_of_functions(x):
    return TABLE["sin"](x[0]) + np.sum(TABLE["exp"](x)) + TABLE["square"](x[1])


def list_of_functions(x):
    v = x[0]
    for step in STEPS:
        v = step(v)
    return v


def lists(x):
    a = np.array([[x[0], 1.0], [x[1] * x[2], math.sin(x[3])]])
    b = np.asarray([x[2], x[3]])
    return np.linalg.det(a) + (a @ b).sum() + np.array([x, x * 2])[1, 2]


def nested_lists(x):
    rows = [[x[i] * x[j] for j in range(4)] for i in range(4)]
    return np.trace(np.array(rows)) + np.sum(np.array(rows)[0])


def iteration(x):
    total = 0.0
    for v in x:
        total += v**2
    for i, v in enumerate(x):
        total += i * v
    for v, w in zip(x, x[1:]):
        total += v * w
    return total


def unpacking(x):
    a, b, *rest = x
    return a * b + sum(rest) ** 2


def fill_index(x):
    y = np.zeros(5)
    y[0] = 1.0
    for k in range(4):
        y[k + 1] = y[k] * x[k] + 0.1
    return y[-1] + y.sum()


def fill_slice(x):
    y = np.zeros((3, 4))
    y[0, :] = x
    y[1, 1:3] += x[:2]
    y[2] = y[0] * y[1] + 2
    y[:, 0] *= 3
    return np.sum(y * y)


def fill_augmented(x):
    y = np.ones(4)
    y += x
    y *= x[::-1]
    y -= 0.5
    y /= x[0]
    y **= 2
    return y.sum()


def views(x):
    y = np.zeros((2, 2))
    v = y.T
    v[0, 1] = x[0]
    w = y.reshape(-1)
    w[0] = x[1]
    w[::3] *= x[2]
    return y.sum() + y[1, 0] * 2


def branches(x):
    if x[0] > 0.5 and not x[1] > 3:
        return x[0] * x[1]
    return x[2]


def loop_until(x):
    v, n = x[0], 0
    while v < 100:
        v = v * (1.5 + x[1])
        n += 1
    return v + n


def recursion(x, n=5):
    return x[0] if n == 0 else math.sin(recursion(x, n - 1)) * x[1] + x[2]


def tried(x):
    total = 0.0
    try:
        total += float(x[0]) / float(x[1] - x[1])
    except ZeroDivisionError:
        total += 1e3
    try:
        total += math.log(-x[0])
    except ValueError:
        total += x[1] ** 2
    try:
        total += x[7]
    except IndexError:
        total += math.sin(x[2])
    try:
        total += float("nonsense")
    except ValueError:
        total += x[3]
    try:
        math.exp(x[0] * 1e5)
    except OverflowError:
        total *= 2
    return total


def checked_types(x):
    total = 0.0
    if isinstance(x, np.ndarray):
        total += x[0] ** 2
    if isinstance(x[1], np.floating):
        total += x[1] ** 2
    if isinstance(math.sin(x[2]), float):
        total += x[2] ** 2
    if type(math.sin(x[2])) is float:
        total += x[3] ** 2
    if type(x) == np.ndarray:
        total += 3 * x[0]
    if isinstance(total, (int, float)):
        total += 2 * x[1]
    if np.isscalar(x[0]) and callable(type):
        total += 5 * x[2]
    return total


def to_floats(x):
    a = float(x[0])
    b = x[1].item()
    c = x.tolist()
    d = np.float64(x[3])
    e = x[2:3].item()
    return math.sin(a) * b + c[2] * d + e + float(np.sum(x)) ** 2


def to_whole(x):
    return x[int(x[0] * 3)] * int(10 * x[1]) + round(x[2]) * x[3] + x[0] * math.floor(x[1] * 4)


def printed(x):
    text = f"{x[0]:.3f} {x[1]!r} {x} {str(x[2])} %s" % x[3]
    return x[0] * len(text.split(" ")[0])


def vectorized(x):
    f = np.vectorize(lambda t: math.sin(t) if t > 0.5 else t * t)
    return np.sum(f(x))


@lru_cache(maxsize=None)
def _cached(v):
    return math.exp(v) * 2


@functools.cache
def _fibonacci(n):
    return n if n < 2 else _fibonacci(n - 1) + _fibonacci(n - 2)


def cached(x):
    return _cached(x[0]) + _cached(x[1]) + _cached(1.0) + _fibonacci(10) * x[2]


@dataclass
class Point:
    a: float
    b: float = 2.0
    c: list = field(default_factory=list)

    def length(self):
        return math.sqrt(self.a**2 + self.b**2)


@dataclass(frozen=True)
class Frozen:
    a: float
    table: tuple = (math.sin, math.cos)

    def use(self):
        return self.table[0](self.a)


def dataclasses(x):
    p = Point(x[0], x[1])
    p.c.append(x[2])
    return p.length() * p.c[0] + Frozen(x[3]).use()


def _squares(values):
    for v in values:
        yield v * v


def generators(x):
    return sum(_squares(x)) + sum(v * k for k, v in enumerate(x)) + max(v for v in x) + math.fsum(v**2 for v in x)


def builtins_used(x):
    total = sum(x) + max(x) * min(x) + sorted(x)[1] ** 2 + abs(-x[0])
    total += pow(x[1], 3) + divmod(x[2] * 5, 1.3)[1] + max(x[0], x[1], 0.1) + sum([x[2], x[3]], 1.0)
    total += max(x, key=lambda v: -v) + sum(map(lambda v: v * v, x)) + list(reversed(x))[0] * len(x)
    return total + sum(v for v in filter(lambda v: v > 0.4, x)) + (any(x > 0.5)) * x[1] + all(x > 0) * x[2]


def reduced(x):
    return reduce(operator.mul, x) + functools.reduce(lambda a, b: a * 0.5 + b, list(x)) + operator.itemgetter(1)(x)


def imports_inside(x):
    import math as m
    import numpy as npy
    from math import cos
    from numpy import exp as npexp, zeros as z

    y = z(4)
    y[:2] = npy.sin(x[:2])
    return m.sin(x[0]) * cos(x[1]) + npy.sum(npexp(x)) + y.sum()


def module_array(x):
    return np.sum(DATA * x) + (DATA @ x) ** 2 + DATA[1] * x[2] + np.dot(DATA, x)


def workspace(x):
    WORKSPACE[:] = x * 2
    WORKSPACE[1] += x[0]
    WORKSPACE[2:] *= x[:2]
    return np.sum(WORKSPACE**2)


def rebound_global(x):
    global COUNT, SCALE
    COUNT += 1
    SCALE = 2.0
    SCALE = SCALE + COUNT * 0
    return SCALE * np.sum(x**2)


def where_and_masks(x):
    y = np.where(x > 0.5, np.sin(x), x**2)
    y[y > 0.6] *= 2
    return y.sum() + np.clip(x, 0.4, 0.7).sum() + x[x > 0.5].sum() + np.maximum(x, 0.5).sum()


def copies(x):
    import copy

    y = x.copy()
    z = copy.deepcopy({"a": x[0], "b": y})
    y[0] = 3.0
    return z["a"] * z["b"][0] + y.sum() + copy.copy(x)[1]


def dictionary(x):
    parameters = {"w": x[:2], "b": x[2]}
    parameters.update(c=x[3])
    return sum(np.sum(v) * k for k, v in enumerate(parameters.values(), 1))


def numbers_abc(x):
    import numbers

    return x[0] ** 2 if isinstance(x[0], numbers.Real) and isinstance(float(x[1]), numbers.Number) else 0.0


def strings_and_sets(x):
    names = {"a": 0, "b": 1}
    return sum(x[k] * (1 + k) for k in names.values()) + x[list({2, 3})].sum()


def lambdas(x):
    fs = [lambda t, k=k: math.sin(k * t) for k in range(3)]
    return sum(f(x[0]) for f in fs) + (lambda a, b: a * b)(*x[:2])


def complex_modulus(x):
    return math.sqrt(x[0] ** 2 + x[1] ** 2) * math.atan2(x[1], x[0])


def mixed_numbers(x):
    return (2 * x[0] + x[1] / 3 - True + np.float32(0.5) * x[2] + np.int64(3) * x[3] + x[0] // 0.3 + x[1] % 0.2 + (-x[2]) ** 2
            + 2.0 ** x[0] + np.float64(2.0) ** x[1] + x[0] ** x[1] + (x @ x) + (+x[0]))  # fmt: skip


def shapes(x):
    m = x.reshape(2, 2)
    return (
        (m.T @ m)[0, 1]
        + m.ravel()[1]
        + np.concatenate([x, [1.0, 2.0]]).sum()
        + m[:, None, :].sum()
        + m.shape[0] * x[0]
        + len(m)
    )


def method_calls(x):
    return (
        x.sum()
        + x.mean()
        + x.max()
        + x.dot(x)
        + x.std()
        + x.cumsum()[2]
        + x.prod()
        + x.clip(0.4).sum()
        + x.argmax() * x[0]
    )


def keeps_ints(x):
    counts = np.zeros(3, dtype=int)
    for v in x:
        counts[int(v * 3)] += 1
    return np.sum(x) * counts[1] + np.arange(4) @ x + np.ones(4, dtype=int) @ x


def linear_system(x):
    return solve(np.array([[2.0 + x[0], x[1]], [x[1], 3.0]]), x[2:]).sum()


def bisection_with_values(x):
    low, high = 0.0, 4.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if middle**2 < 2 else (low, middle)
    return low * x[0] + x[1]


def global_statement_array(x):
    total = DATA.copy()
    total[1] = x[0]
    total += x
    return np.sum(total**2)


FUNCTIONS = [value for name, value in dict(globals()).items()
             if callable(value) and getattr(value, "__module__", "") == __name__ and not name.startswith("_")
             and not isinstance(value, type) and hasattr(value, "__code__")]  # fmt: skip
