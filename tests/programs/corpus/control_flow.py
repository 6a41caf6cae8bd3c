"""Loops, branches, recursion, exceptions, generators."""

import contextlib

import numpy as np


def if_else(x):
    if x[0] > x[1]:
        return x[0] ** 2
    return x[1] ** 3


def if_elif_chain(x):
    t = x[1]
    if t < 0:
        y = -t
    elif t < 1:
        y = t**2
    elif t < 2:
        y = t**3 - t
    else:
        y = 5 * t
    return y * x[0]


def ternary(x):
    return x[0] if x[2] > 0 else -x[0] + x[1]


def branch_on_sum(x):
    if np.sum(x) > 2:
        x = x / np.sum(x)
    return x


def branch_on_norm(x):
    n = np.linalg.norm(x)
    return x / n if n > 1 else x


def branch_on_all(x):
    if (x > 0).all() and not np.any(np.isnan(x)):
        return np.log(x)
    return x


def branch_boolean_operators(x):
    if x[0] > 0 and (x[1] < 0 or x[2] < 1) and not x[0] > 5:
        return x[0] * x[2]
    return x[1]


def for_loop_power(x):
    y = 1.0
    for _ in range(5):
        y = y * x[0] + x[1]
    return y


def nested_loops(x):
    s = 0.0
    for i in range(3):
        for j in range(i):
            s += x[i] * x[j] ** 2
    return s


def while_countdown(x):
    n, y = 6, x[0]
    while n > 0:
        y = np.sin(y) + x[1]
        n -= 1
    return y


def while_convergence(x):
    a = 1 + x[1]
    y = a
    while True:
        new = 0.5 * (y + a / y)
        if abs(new - y) < 1e-14:
            break
        y = new
    return new


def while_value_dependent(x):
    s, k = 0.0, 0
    while s < 3.0:
        s += x[k % 3]
        k += 1
    return s * k


def loop_continue(x):
    s = 0.0
    for v in x:
        if v < 0.5:
            continue
        s += v**3
    return s


def loop_break_else(x):
    for v in x:
        if v > 10:
            y = v
            break
    else:
        y = x[0] * x[1]
    return y


def early_return(x):
    for i, v in enumerate(x):
        if v > 1:
            return v**2 * (i + 1)
    return 0.0


def recursion_factorial_like(x):
    def rec(n, t):
        return t if n == 0 else t * rec(n - 1, t + 0.1)

    return rec(4, x[0])


def recursion_fibonacci(x):
    def fib(n):
        if n < 2:
            return x[n]
        return fib(n - 1) + x[2] * fib(n - 2)

    return fib(7)


def recursion_tree_sum(x):
    def tree(lo, hi):
        if hi - lo == 1:
            return x[lo] ** 2
        mid = (lo + hi) // 2
        return tree(lo, mid) * 1.1 + tree(mid, hi)

    return tree(0, 3)


def mutual_recursion(x):
    def even(n, t):
        return t if n == 0 else odd(n - 1, t * x[0])

    def odd(n, t):
        return t if n == 0 else even(n - 1, t + x[1])

    return even(5, x[2])


def closure_counter(x):
    total = 0.0

    def add(v):
        nonlocal total
        total += v**2

    for v in x:
        add(v)
    return total


def generator_function(x):
    def squares():
        for v in x:
            yield v * v

    return sum(squares())


def generator_send(x):
    def averager():
        total, n, mean = 0.0, 0, 0.0
        while True:
            v = yield mean
            total, n = total + v, n + 1
            mean = total / n

    g = averager()
    next(g)
    out = [g.send(v) for v in x]
    return np.array(out)


def generator_from(x):
    def inner():
        yield from x
        yield x[0] * x[1]

    return np.array(list(inner()))


def try_except_numpy(x):
    try:
        np.linalg.inv(np.zeros((2, 2)))
        return x[0]
    except np.linalg.LinAlgError:
        return x[0] * x[1]


def try_index_error(x):
    s, k = 0.0, 0
    try:
        while True:
            s += x[k] ** 2
            k += 1
    except IndexError:
        return s


def try_key_error_finally(x):
    cache = {}
    try:
        y = cache["a"]
    except KeyError:
        y = x[0] ** 2
    finally:
        z = x[1]
    return y * z


def raise_and_catch_own(x):
    class TooLarge(Exception):
        pass

    def check(v):
        if v > 1:
            raise TooLarge(v)
        return v

    total = 0.0
    for v in x:
        try:
            total += check(v)
        except TooLarge as e:
            total += e.args[0] ** 2
    return total


def with_statement(x):
    with np.errstate(all="ignore"):
        y = np.log(x) / x
    with contextlib.suppress(ZeroDivisionError):
        y = y * 2
    return y


def assert_statements(x):
    assert x.shape == (3,)
    assert np.all(x > 0), "positive"
    return np.sqrt(x)


def lambda_chain(x):
    def compose(f, g):
        return lambda t: f(g(t))

    return compose(np.sin, compose(lambda t: t**2, np.exp))(x[0])


def function_table(x):
    ops = {"+": lambda a, b: a + b, "*": lambda a, b: a * b}
    y = x[0]
    for op, v in zip("+*+", x):
        y = ops[op](y, v)
    return y


def decorator_scaling(x):
    def doubled(f):
        def wrapper(*args):
            return 2 * f(*args)

        return wrapper

    @doubled
    def area(a, b):
        return a * b

    return area(x[0], x[1])


def fixed_point_loop(x):
    y = 0.5
    for _ in range(60):
        y = np.cos(x[0] * y)
    return y


def newton_loop(x):
    y = 1.0
    for _ in range(8):
        y = y - (y**3 - x[0] - x[1]) / (3 * y**2)
    return y


def secant_loop(x):
    a, b = 1.0, 1.5
    f = lambda t: t * np.exp(t) - x[0] - 3.0
    for _ in range(20):
        fa, fb = f(a), f(b)
        if abs(fb - fa) < 1e-15:
            break
        a, b = b, b - fb * (b - a) / (fb - fa)
    return b


def collatz_like(x):
    y = x[0]
    for _ in range(5):
        y = y / 2 if y > 1 else 3 * y + x[1]
    return y


def power_by_squaring(x):
    base, n, result = x[0], 13, 1.0
    while n:
        if n & 1:
            result *= base
        base *= base
        n >>= 1
    return result


def euclid_on_values(x):
    a, b = x[1], x[2]
    for _ in range(3):
        a, b = b, a % b
    return a + b * x[0]


def accumulate_in_list(x):
    history = []
    s = 0.0
    for v in np.concatenate([x, x**2]):
        s = 0.5 * s + v
        history.append(s)
    return np.array(history)


def sum_over_dict(x):
    params = {"a": x[0], "b": x[1], "c": x[2]}
    return sum(v**i for i, v in enumerate(params.values(), 1))


def early_exit_tolerance(x):
    term, s, k = 1.0, 0.0, 0
    while abs(term) > 1e-16 and k < 60:
        s += term
        k += 1
        term = term * x[0] / k
    return s


def continued_fraction(x):
    y = x[2]
    for k in range(6, 0, -1):
        y = k + x[0] / y
    return y


def agm_loop(x):
    a, b = x[0], x[1]
    for _ in range(6):
        a, b = (a + b) / 2, np.sqrt(a * b)
    return a


def piecewise_by_ifs(x):
    out = []
    for v in x:
        if v < 0.5:
            out.append(0.5 * v**2)
        else:
            out.append(0.5 * (v - 0.25))
    return np.array(out)


def global_constant_switch(x):
    return x * 2 if DEFAULT[0] > 0 else x


def select_by_index_list(x):
    fs = [np.sin, np.cos, np.exp]
    return np.array([fs[int(v * 2) % 3](v) for v in x])


POINTS = {"euclid_on_values": [0.7, 1.35, 0.41]}
DEFAULT = [0.7, 1.3, 0.4]
