"""Cases that have no plain right or wrong: protocol violations, kinks, jumps, and code that fails.

`SPECIAL` says for each at which point, which outcomes an expert would accept, and which code should be among the
findings where one is named.
"""

import itertools
import math

import numpy as np
from scipy import integrate

_noise = np.random.default_rng(7)
_clock = itertools.count()
_memory = {}
_kept = {}


def random_value(x):
    return np.sum(x**2) + 1e-3 * _noise.standard_normal()


def random_value_grad(x):
    return 2 * x


def slightly_random(x):
    return np.sum(x**2) + 1e-9 * _noise.standard_normal()


def slightly_random_grad(x):
    return 2 * x


def random_gradient(x):
    return np.sum(x**2)


def random_gradient_grad(x):
    return 2 * x + 1e-3 * _noise.standard_normal(x.size)


def counts_its_calls(x):
    return np.sum(x**2) + next(_clock)


def counts_its_calls_grad(x):
    return 2 * x


def drifts(x):
    return np.sum(x**2) * (1 + 1e-4 * next(_clock))


def drifts_grad(x):
    return 2 * x


def dropout(x):
    return np.sum(x[_noise.random(x.size) < 0.5] ** 2) * 2


def dropout_grad(x):
    return 2 * x


def mutates_argument(x):
    x *= 2
    return np.sum(x**2)


def mutates_argument_grad(x):
    return 8 * x


def sorts_argument(x):
    x.sort()
    return x[0] * 3 + x[-1]


def sorts_argument_grad(x):
    g = np.zeros_like(x)
    g[np.argmin(x)], g[np.argmax(x)] = 3.0, 1.0
    return g


def gradient_mutates(x):
    return np.sum(x**2)


def gradient_mutates_grad(x):
    x *= 2
    return x


def stale_gradient(x):
    return np.sum(x**3)


def stale_gradient_grad(x):
    if "g" not in _kept:
        _kept["g"] = 3 * np.array([1.0, 2.0]) ** 2
    return _kept["g"]


def constant_gradient(x):
    return np.sum(x**4)


def constant_gradient_grad(x):
    return np.array([4.0, 32.0])


def reuses_buffer(x):
    return x[0] ** 2 * x[1]


def reuses_buffer_grad(x):
    out = _kept.setdefault("buffer", np.zeros(2))
    out[0] = 2 * x[0] * x[1]
    out[1] = x[0] ** 2
    return out


def needs_value_first(x):
    _memory["x"] = x.copy()
    return np.sum(np.exp(x))


def needs_value_first_grad(x):
    return np.exp(_memory["x"])


def rounded_memo(x):
    key = tuple(np.round(x, 6))
    if key not in _memory:
        _memory[key] = float(np.sum(np.sin(x) * x))
    return _memory[key]


def rounded_memo_grad(x):
    return np.cos(x) * x + np.sin(x)


def accumulates(x):
    _memory["sum"] = _memory.get("sum", 0.0) + float(np.sum(x))
    return _memory["sum"]


def accumulates_grad(x):
    return np.ones_like(x)


def accumulated_gradient(x):
    return np.sum(x**2)


def accumulated_gradient_grad(x):
    _kept["total"] = _kept.get("total", 0.0) + 2 * x
    return _kept["total"]


def nan_value(x):
    return math.nan * x[0]


def nan_value_grad(x):
    return np.array([1.0, 0.0])


def infinite_value(x):
    return np.inf + x[0]


def infinite_value_grad(x):
    return np.array([1.0, 0.0])


def raises(x):
    raise ValueError("no data loaded")


def raises_grad(x):
    return np.zeros(2)


def gradient_raises(x):
    return np.sum(x**2)


def gradient_raises_grad(x):
    return {}["missing"]


def gradient_is_nan(x):
    return np.sum(x**2)


def gradient_is_nan_grad(x):
    return np.array([2 * x[0], math.nan])


def gradient_is_none(x):
    return np.sum(x**2)


def gradient_is_none_grad(x):
    return None


def gradient_is_short(x):
    return np.sum(x**2)


def gradient_is_short_grad(x):
    return 2 * x[:1]


def gradient_is_scalar(x):
    return np.sum(x**2)


def gradient_is_scalar_grad(x):
    return float(np.sum(2 * x))


def gradient_is_column(x):
    return np.sum(x**2)


def gradient_is_column_grad(x):
    return (2 * x).reshape(-1, 1)


def absolute_at_zero(x):
    return abs(x)


def absolute_at_zero_grad(x):
    return np.sign(x)


def absolute_constant(x):
    return abs(x)


def absolute_constant_grad(x):
    return 0.0


def absolute_at_zero_right(x):
    return abs(x)


def absolute_at_zero_right_grad(x):
    return 1.0 if x >= 0 else -1.0


def absolute_outside(x):
    return abs(x)


def absolute_outside_grad(x):
    return 3.0


def relu_at_zero(x):
    return np.maximum(x[0], 0.0) + x[1] ** 2


def relu_at_zero_grad(x):
    return np.array([1.0 * (x[0] > 0), 2 * x[1]])


def relu_at_zero_other_wrong(x):
    return np.maximum(x[0], 0.0) + x[1] ** 2


def relu_at_zero_other_wrong_grad(x):
    return np.array([1.0 * (x[0] > 0), 3 * x[1]])


def tie_of_maxima(x):
    return np.max(x)


def tie_of_maxima_grad(x):
    g = np.zeros_like(x)
    g[np.argmax(x)] = 1.0
    return g


def norm_at_zero(x):
    return np.sqrt(np.sum(x**2))


def norm_at_zero_grad(x):
    r = np.sqrt(np.sum(x**2))
    return x / r if r > 0 else np.zeros_like(x)


def hidden_kink(x):
    return math.sqrt((float(x[0]) - 1.0) ** 2) + x[1]


def hidden_kink_grad(x):
    return np.array([1.0, 1.0])


def root_at_zero(x):
    return np.sqrt(x[0]) + x[1]


def root_at_zero_grad(x):
    return np.array([np.inf if x[0] == 0 else 0.5 / np.sqrt(x[0]), 1.0])


def step_at_jump(x):
    return np.where(x >= 1.0, 1.0, 0.0) + x


def step_at_jump_grad(x):
    return 1.0


def step_beside_jump(x):
    return np.where(x >= 1.0, 1.0, 0.0) + x


def step_beside_jump_grad(x):
    return 1.0


def staircase(x):
    return round(float(x[0]) * 1000) / 1000 + x[1]


def staircase_grad(x):
    return np.array([1.0, 1.0])


def rounded_to_table(x):
    table = np.sin(np.linspace(0.0, 1.0, 1001))
    return table[int(round(float(x) * 1000))]


def rounded_to_table_grad(x):
    return np.cos(x)


def modulo_at_jump(x):
    return x % 1.0


def modulo_at_jump_grad(x):
    return 1.0


def chaotic(x):
    for _ in range(150):
        x = 4 * x * (1 - x)
    return x


def chaotic_grad(x):
    d = 1.0
    for _ in range(150):
        d = d * 4 * (1 - 2 * x)
        x = 4 * x * (1 - x)
    return d


def adaptive_steps(x):
    n = math.ceil(10 * x)
    y = 0.0
    for _ in range(n):
        y = y + (x / n) ** 2
    return y


def adaptive_steps_grad(x):
    return 2 * x / math.ceil(10 * x)


def started_converged(a):
    y = 1.0
    while abs(y * y - a) > 1e-3:
        y = 0.5 * (y + a / y)
    return y


def started_converged_grad(a):
    return 0.5 / math.sqrt(a)


def loosely_converged(a):
    y = 1.0
    while abs(y * y - a) > 1e-3:
        y = 0.5 * (y + a / y)
    return y


def loosely_converged_grad(a):
    return 0.5 / math.sqrt(a)


def loose_trajectory(k):
    solved = integrate.solve_ivp(lambda t, y: [y[1], -float(k) * y[0]], (0.0, 1.0), [1.0, 0.0], rtol=1e-5, atol=1e-7)
    return float(solved.y[0, -1])


def loose_trajectory_grad(k):
    return -math.sin(math.sqrt(k)) / (2 * math.sqrt(k))


def complex_gradient(x):
    return np.sum(x**2)


def complex_gradient_grad(x):
    return 2 * x + 0j


def integer_gradient(x):
    return x[0] * 2 + x[1] * 3


def integer_gradient_grad(x):
    return [2, 3]


def list_gradient(x):
    return x[0] * x[1]


def list_gradient_grad(x):
    return [x[1], x[0]]


def swallowed_below_noise(x):
    return 1e18 + x**2


def swallowed_below_noise_grad(x):
    return 2 * x


def x_to_the_x(x):
    return x**x if x > 0 else 1.0


def x_to_the_x_grad(x):
    return 0.0


NEVER_WRONG = ["cannot-tell", "agree", "kink"]
NOT_AGREE = ["wrong", "cannot-tell", "kink", "error"]

SPECIAL = {
    "random_value": ([1.0, 2.0], ["cannot-tell"], "GC206"),
    "slightly_random": ([1.0, 2.0], ["cannot-tell"], "GC206"),
    "random_gradient": ([1.0, 2.0], ["wrong", "cannot-tell"], "GC206"),
    "counts_its_calls": ([1.0, 2.0], ["cannot-tell"], "GC206|GC212"),
    "drifts": ([1.0, 2.0], ["cannot-tell"], "GC206|GC212"),
    "dropout": ([1.0, 2.0, 0.5, -1.0, 0.3, 2.2, 1.9, -0.4], ["cannot-tell"], "GC206"),
    "mutates_argument": ([1.0, 2.0], ["agree", "cannot-tell"], "GC207"),
    "sorts_argument": ([2.0, 1.0, 3.0], ["agree", "cannot-tell"], "GC207"),
    "gradient_mutates": ([1.0, 2.0], ["agree", "cannot-tell"], ""),
    "stale_gradient": ([1.0, 2.0], ["wrong", "cannot-tell"], "GC208|GC212"),
    "constant_gradient": ([1.0, 2.0], ["wrong", "cannot-tell"], "GC208"),
    "reuses_buffer": ([1.0, 2.0], ["agree"], ""),
    "needs_value_first": ([0.5, -0.3], NOT_AGREE, ""),
    "rounded_memo": ([0.5, -0.3], ["cannot-tell"], ""),
    "accumulates": ([1.0, 2.0], ["cannot-tell"], "GC206|GC212"),
    "accumulated_gradient": ([1.0, 2.0], ["wrong", "cannot-tell"], "GC206|GC212"),
    "nan_value": ([1.0, 2.0], ["error", "cannot-tell"], "GC203"),
    "infinite_value": ([1.0, 2.0], ["error", "cannot-tell"], "GC203"),
    "raises": ([1.0, 2.0], ["error"], "GC901"),
    "gradient_raises": ([1.0, 2.0], ["error", "wrong"], "GC901"),
    "gradient_is_nan": ([1.0, 2.0], ["wrong"], "GC109"),
    "gradient_is_none": ([1.0, 2.0], ["wrong", "error"], "GC106"),
    "gradient_is_short": ([1.0, 2.0], ["wrong"], "GC106"),
    "gradient_is_scalar": ([1.0, 2.0], ["wrong"], "GC106"),
    "gradient_is_column": ([1.0, 2.0], ["agree"], ""),
    "absolute_at_zero": (0.0, ["kink"], "GC201"),
    "absolute_constant": (0.0, ["kink", "wrong", "cannot-tell"], "GC201"),
    "absolute_at_zero_right": (0.0, ["kink"], "GC201"),
    "absolute_outside": (0.0, ["wrong", "kink"], ""),
    "relu_at_zero": ([0.0, 0.7], ["kink"], "GC201"),
    "relu_at_zero_other_wrong": ([0.0, 0.7], ["wrong"], ""),
    "tie_of_maxima": ([1.0, 2.0, 2.0], ["kink"], "GC201"),
    "norm_at_zero": ([0.0, 0.0], ["kink"], "GC201"),
    "hidden_kink": ([1.0, 0.3], ["kink"], "GC201"),
    "root_at_zero": ([0.0, 1.0], ["kink", "cannot-tell", "error"], ""),
    "step_at_jump": (1.0, ["kink", "cannot-tell"], "GC202"),
    "step_beside_jump": (1.0 + 1e-9, ["agree", "cannot-tell"], ""),
    "staircase": ([0.4567, 1.0], ["cannot-tell", "wrong"], ""),
    "rounded_to_table": (0.3334, ["cannot-tell", "wrong"], ""),
    "modulo_at_jump": (1.0, ["kink", "cannot-tell"], "GC202"),
    "chaotic": (0.31, NEVER_WRONG, ""),
    "adaptive_steps": (0.5000000001, NEVER_WRONG, ""),
    "started_converged": (1.0005, ["cannot-tell"], ""),
    "loosely_converged": (2.7, ["cannot-tell"], ""),
    "loose_trajectory": (2.3, ["cannot-tell", "agree"], ""),
    "complex_gradient": ([1.0, 2.0], ["wrong", "error", "agree"], ""),
    "integer_gradient": ([1.0, 2.0], ["agree"], ""),
    "list_gradient": ([1.0, 2.0], ["agree"], ""),
    "swallowed_below_noise": (1.5, ["agree", "cannot-tell"], ""),
    "x_to_the_x": (0.0, NOT_AGREE, ""),
}
