"""Plain programs of all kinds, one idiom each: right in every mode, or refused, or raising as the plain run does."""

from __future__ import annotations

import bisect
import collections
import copy
import functools
import itertools
import math
import operator
import random
import statistics
from dataclasses import dataclass, field

import numpy as np
import pytest
from three_modes import everything

PROGRAMS = {}
REFUSED = {
    "percent_parse", "np_fromstring", "eval_repr", "literal", "np_array_of_str", "array_to_str", "complex_text", "round_trip_bytes",
    "try_numpy_int", "choose_method", "view_dtype", "setflags2",
}  # fmt: skip


def program(f):
    PROGRAMS[f.__name__] = (f, "refused" if f.__name__ in REFUSED else "right")
    return f


STATE = {"w": np.array([1.0, 2.0, 3.0]), "f": [math.exp, {"g": {"h": {"i": math.sin}}}]}


class Node:
    def __init__(s, v, kids=()):
        s.v = v
        s.kids = list(kids)

    def total(s):
        return math.sin(s.v) + sum(k.total() for k in s.kids)


TREE = Node(1.0, [Node(2.0, [Node(3.0, [Node(4.0, [Node(5.0)])])])])


@program
def deep(x):
    return STATE["f"][1]["g"]["h"]["i"](x[0]) + TREE.total() * x[1]


class F:
    act = math.tanh

    def __init__(self):
        self.layers = [(np.ones((2, 2)), math.exp), (np.eye(2), math.sin)]

    def __call__(self, x):
        for w, a in self.layers:
            x = w @ x
            x = np.array([a(v) for v in x])
        return x


NET = F()


@program
def network(x):
    return NET(x[:2] * 0.3)


@program
def inplace_global_param(x):
    w = STATE["w"]
    w2 = w * x[:3]
    return w2


@program
def inplace_local_alias_of_global(x):
    w = STATE["w"].copy()
    w += x[:3]
    w *= w[::-1]
    return w


@program
def setdefault_lists(x):
    d = {}
    for k, v in enumerate(x):
        d.setdefault(k % 2, []).append(v)
    return [np.prod(v) for v in d.values()]


@program
def str_join_parse(x):
    s = ",".join(str(v) for v in x)
    return np.sum([float(t) for t in s.split(",")])


@program
def fstring_parse(x):
    s = f"{x[0]:.17g} {x[1]}"
    a, b = s.split()
    return float(a) * float(b)


@program
def percent_parse(x):
    return float("%.17g" % x[0]) * x[1]


@program
def np_fromstring(x):
    return np.fromstring(" ".join(map(repr, x.tolist())), sep=" ") * x


@program
def eval_repr(x):
    return eval(repr(float(x[0]))) * x[1]


@program
def literal(x):
    import ast

    return ast.literal_eval(str(float(x[0]))) * x[1]


@program
def np_array_of_str(x):
    return np.array([str(v) for v in x]).astype(float) * x


@program
def array_to_str(x):
    return np.array(str(x.tolist()).strip("[]").split(","), dtype=float) * x


@program
def format_map(x):
    return float("{a}".format_map({"a": x[0]})) * x[1]


@program
def complex_text(x):
    return complex(str(float(x[0]))).real * x[1]


@program
def int_text(x):
    return int(f"{10 * x[0]:.0f}") * x[1]


@program
def round_trip_bytes(x):
    return np.frombuffer(bytes(x))[0] * x[1]


@program
def sum_of_bools(x):
    return sum(v > 0.5 for v in x) * x[0]


@program
def enumerate_sorted_idx(x):
    idx = sorted(range(6), key=lambda k: x[k])
    return sum(k * x[i] for k, i in enumerate(idx))


@program
def max_key_dict(x):
    d = dict(zip("abcdef", x))
    k = max(d, key=d.get)
    return d[k] ** 2


@program
def min_default(x):
    return min((v for v in x if v > 5), default=x[0]) ** 2


@program
def counter_most(x):
    c = collections.Counter({"a": x[0], "b": x[1]})
    return c.most_common(1)[0][1] ** 2 + c.total()


@program
def groupby(x):
    return [sum(g) ** 2 for k, g in itertools.groupby(sorted(x), key=lambda v: v > 0.5)]


@program
def zip_star(x):
    a, b = zip(*[(x[0], x[1]), (x[2], x[3])])
    return np.array(a) @ np.array(b)


@program
def matrix_lists(x):
    A = [[x[0], x[1]], [x[2], x[3]]]
    B = [[sum(a * b for a, b in zip(r, c)) for c in zip(*A)] for r in A]
    return B


@program
def det_rec(x):
    def det(m):
        if len(m) == 1:
            return m[0][0]
        return sum((-1) ** j * m[0][j] * det([r[:j] + r[j + 1 :] for r in m[1:]]) for j in range(len(m)))

    return det([[x[0], x[1], 1.0], [x[2], x[3], 2.0], [x[4], x[5], x[0]]])


@program
def deque_roll(x):
    q = collections.deque(x)
    q.rotate(2)
    q.appendleft(q.pop() * 2)
    return list(q)


@program
def np_pow_int(x):
    return [
        x[0] ** 2,
        x[1] ** -1,
        x[2] ** 0,
        x[3] ** 0.5,
        2 ** x[4],
        x ** np.arange(6),
        np.power(x, 3),
        (-x[0]) ** 3,
        (-x[1]) ** 2.0,
        x[5] ** np.int64(3),
    ]


@program
def float_pow(x):
    a = float(x[0])
    return [a**2, a**-1, a**0, 2**a, pow(a, 3), math.pow(a, 3), a**a, 0.0**a, 1**a]


@program
def divmods(x):
    return [
        divmod(-x[0] * 7, 2)[1],
        math.fmod(-7 * x[1], 2),
        np.fmod(-7 * x[2], 2),
        (-7 * x[3]) % 2,
        np.mod(7 * x[4], -2.0),
    ]


@program
def iadd_list(x):
    v = [x[0]]
    v += [x[1]]
    v *= 2
    return v


@program
def iadd_scalar_in_list(x):
    v = list(x)
    v[0] += v[1]
    v[1] *= v[0]
    v[-1] **= 2
    return v


@program
def dict_iadd(x):
    d = {"a": np.zeros(2)}
    d["a"] += x[:2]
    d["a"][0] *= x[2]
    return d["a"]


@program
def attr_iadd(x):
    class S:
        pass

    s = S()
    s.v = x[:2]
    s.v = s.v * 1
    s.v += 1
    s.v[0] *= x[3]
    return s.v


@program
def slice_assign_from_list_of_scalars(x):
    y = np.zeros((2, 3))
    y[0] = [x[0], 1, x[1]]
    y[:, 1] = (x[2], x[3])
    y[1, 1:] = [[x[4], x[5]]][0]
    return y


@program
def bool_index_assign_arrays(x):
    y = x * 1
    m = y > 0.5
    y[m] = y[m][::-1]
    return y


@program
def where_assign(x):
    y = np.where(x > 0.5, x**2, -x)
    y[y < 0] = 0
    return y


@program
def row_swap_via_copy(x):
    A = x.reshape(2, 3) * 1
    A[[0, 1], :] = A[[1, 0], :]
    t = A[0].copy()
    A[0] = A[1]
    A[1] = t
    return A * np.arange(6.0).reshape(2, 3)


@program
def row_swap_wrong(x):
    A = x.reshape(2, 3) * 1
    t = A[0]
    A[0] = A[1]
    A[1] = t
    return A * np.arange(6.0).reshape(2, 3)


@program
def input_reshape_write(x):
    m = x.reshape(2, 3)
    m[0, 1] = m[1, 2] * 2
    return x * x


@program
def astype_copy_false(x):
    y = x.astype(float, copy=False)
    y[0] = 3.0 * x[1]
    return x**2


@program
def np_array_copy_none(x):
    y = np.asarray(x)
    y += 1
    return x**2


@program
def ascontig(x):
    y = np.ascontiguousarray(x)
    y[1] = 2 * x[0]
    return x * y


@program
def scalar_view0d(x):
    v = x[0, ...]
    v[...] = x[1] ** 2
    return x * x


@program
def delete_insert(x):
    y = np.delete(x, 1)
    y[0] = 2
    z = np.insert(y, 2, x[5] ** 2)
    z[2] *= 3
    return z


@program
def tile_repeat(x):
    y = np.tile(x[:2], 3)
    y[0] = x[5]
    z = np.repeat(y, 2)
    z[1::2] *= 0.5
    return z


@program
def broadcast_arrays_write(x):
    a, b = np.broadcast_arrays(x[:3], np.ones((2, 3)))
    a = a.copy()
    a[0] = b[0] * x[3]
    return a


@program
def nested_function_writes(x):
    y = np.zeros(3)

    def put(i, v):
        y[i] += v

    for k in range(6):
        put(k % 3, x[k] ** 2)
    return y


@program
def gen_into_array(x):
    y = np.empty(6)
    for k, v in enumerate(v * v for v in x):
        y[k] = v
    return y


@program
def dataclass_array(x):
    @dataclass
    class S:
        a: np.ndarray = field(default_factory=lambda: np.zeros(3))
        n: int = 0

        def add(self, v):
            self.a[self.n % 3] += v
            self.n += 1
            return self

    s = S()
    for v in x:
        s.add(v)
    return s.a**2


@program
def global_counter(x):
    global CNT
    CNT = 0.0

    def add(v):
        global CNT
        CNT = CNT + v**2

    for v in x:
        add(v)
    return CNT


CNT = 0.0


@program
def try_numpy_int(x):
    y = np.zeros(3, int)
    try:
        y[0] = x[0]
    except TypeError:
        return x[1]
    return y * 1.0


@program
def empty_reduce(x):
    return np.sum(x[x > 9]) + np.prod(x[x > 9]) * x[0]


@program
def chained_where_out(x):
    out = np.empty_like(x)
    np.sqrt(x, out=out)
    np.negative(out, out=out)
    np.exp(out, out=out, where=out < -0.7)
    return out


@program
def accumulate_out(x):
    out = np.zeros(6)
    np.add.accumulate(x, out=out)
    np.multiply.accumulate(out, out=out)
    return out


@program
def mean_out(x):
    o = np.zeros(3)
    np.mean(x.reshape(2, 3), axis=0, out=o)
    o[0] *= 2
    return o * o


@program
def np_round_out(x):
    o = np.zeros(6)
    np.round(x * 10, out=o)
    return o * x


@program
def einsum_out(x):
    o = np.zeros((2, 2))
    A = x.reshape(2, 3)
    np.einsum("ij,kj->ik", A, A, out=o)
    return o


@program
def matmul_out_view(x):
    o = np.zeros((4, 2))
    A = x.reshape(2, 3)
    np.matmul(A, A.T, out=o[1:3])
    return o


@program
def reduce_minmax_axes(x):
    A = x.reshape(2, 3)
    A = A - A.max(axis=1, keepdims=True)
    return np.exp(A) / np.exp(A).sum(axis=1, keepdims=True)


@program
def float32_flow(x):
    y = np.zeros(6, np.float32)
    y[:] = x
    return float(y.dtype == np.float32) * x[0] + y.sum() * 0


@program
def copy_in_dict(x):
    s = {"a": x * 1}
    t = copy.deepcopy(s)
    t["a"][0] = 9
    u = dict(s)
    u["a"][1] = x[0] ** 2
    return [s["a"], t["a"]]


@program
def np_vectorize_closure(x):
    f = np.vectorize(lambda t: t * x[0] + x[1] ** 2)
    return f(np.arange(3.0))


@program
def vectorize_method(x):
    class M:
        def f(self, t):
            return math.sin(t) * x[0]

    return np.vectorize(M().f)(x)


@program
def vectorize_default_kw(x):
    f = np.vectorize(lambda a, b=2.0: a * b + math.sin(a))
    return f(x, b=x[0]) + f(x)


@program
def vectorize_2d_broadcast(x):
    f = np.vectorize(lambda a, b: a**b)
    return f(x[:2, None], x[None, 2:5])


@program
def fromfunction_arr(x):
    return np.fromfunction(lambda i, j: x[i.astype(int)] * j, (3, 2))


@program
def piecewise_lambda(x):
    return np.piecewise(x, [x < 0.5, x >= 0.5], [lambda v: v**2, lambda v: np.sin(v)])


@program
def apply_over(x):
    return np.apply_over_axes(np.sum, x.reshape(1, 2, 3) ** 2, [0, 2])


@program
def aaa_idx(x):
    return np.apply_along_axis(lambda r: r[np.argmax(r)] * r, 0, x.reshape(2, 3))


@program
def np_int_conv(x):
    return x[np.int32(2)] * np.int8(3) + np.float32(x[0]) * 0 + x[1] * np.float16(0.5)


@program
def is_checks(x):
    v = x[0]
    return v**2 if v is not None and isinstance(v, (int, float)) and not isinstance(v, bool) and v == v else 0.0


@program
def numbers_in_set_dedupe(x):
    return sum({float(v) for v in [x[0], x[0], x[1]]}) ** 2


@program
def sorted_pairs(x):
    return [v * k for v, k in sorted(zip(x, range(6)), reverse=True)]


@program
def cmp_to_key(x):
    return sorted(x, key=functools.cmp_to_key(lambda a, b: -1 if a < b else 1))[1] ** 2


@program
def any_array(x):
    return x[0] * (x > 0.5).any() + x[1] * (x > 0.5).sum() + x[2] * np.mean(x > 0.5)


@program
def partial_methods(x):
    class A:
        def f(self, a, b):
            return a * math.exp(b)

        g = functools.partialmethod(f, b=0.5)

    return A().g(x[0]) + functools.partial(A().f, b=x[1])(x[2])


@program
def property_setter(x):
    class A:
        @property
        def v(self):
            return self._v

        @v.setter
        def v(self, n):
            self._v = np.sqrt(n)

    a = A()
    a.v = x[0]
    a.v += x[1]
    return a.v


@program
def getattr_hook(x):
    class P(dict):
        def __getattr__(self, k):
            return self[k]

        def __setattr__(self, k, v):
            self[k] = v

    q = P()
    q.a = x[0]
    q.a *= x[1]
    return q.a + q["a"]


@program
def iter_protocol(x):
    class It:
        def __init__(s):
            s.k = 0

        def __iter__(s):
            return s

        def __next__(s):
            if s.k >= 6:
                raise StopIteration
            s.k += 1
            return x[s.k - 1] ** 2

    return sum(It()) + np.sum(list(It())) + np.sum(np.fromiter(It(), float))


@program
def generator_send(x):
    def g():
        t = 0.0
        while True:
            v = yield t
            t = t * 0.5 + v**2

    h = g()
    next(h)
    for v in x:
        r = h.send(v)
    return r


@program
def except_star(x):
    try:
        raise ValueError(x[0])
    except ValueError as e:
        return e.args[0] ** 2


@program
def divergent(x):
    t = x[0]
    for k in range(100):
        t2 = t - (t**3 - x[1]) / (3 * t**2)
        if abs(t2 - t) < 1e-15 * abs(t2):
            break
        t = t2
    else:
        return -x[2]
    return t2


@program
def nonfinite(x):
    y = np.array([np.inf, np.nan, x[0]])
    return np.where(np.isfinite(y), y, 0.0) ** 2


@program
def nan_to_zero(x):
    y = x * 1
    y[1] = np.nan
    y = np.nan_to_num(y)
    return y**2


@program
def masked_log(x):
    y = x - 0.5
    return np.where(y > 0, np.log(np.where(y > 0, y, 1.0)), 0.0)


@program
def safe_div(x):
    d = x - x[0]
    return np.divide(x, d, out=np.zeros_like(x), where=d != 0)


@program
def put_clip(x):
    y = np.zeros(3)
    np.put(y, [0, 7], [x[0], x[1]], mode="clip")
    return y


@program
def choose_method(x):
    return np.array([0, 1, 1]).choose([x[:3], x[3:]])


@program
def itemset_like(x):
    y = np.zeros((2, 2))
    y.flat[3] = x[0]
    y[1].itemset if hasattr(y, "itemset") else None
    return y * x[1]


@program
def resize_fn(x):
    y = np.resize(x[:2], 5)
    y[0] = 0
    return y**2


@program
def view_dtype(x):
    return x.view(np.float64) ** 2


@program
def setflags(x):
    y = x * 1
    y.flags.writeable = False
    try:
        y[0] = 1.0
    except ValueError:
        return y**2
    return y


@program
def setflags2(x):
    y = x * 1
    y.setflags(write=False)
    try:
        y[0] = 1.0
    except ValueError:
        return y**2
    return y


@program
def np_lib_stride(x):
    return np.lib.stride_tricks.as_strided(x, (4, 3), (8, 8)).sum(1) ** 2


@program
def sliding(x):
    return np.lib.stride_tricks.sliding_window_view(x, 3) @ np.array([1.0, 2.0, 3.0])


@program
def transposed_out(x):
    y = np.zeros((3, 2))
    np.multiply(x.reshape(2, 3), 2.0, out=y.T)
    return y * x[0]


@program
def pop_state(x):
    s = list(x)
    out = 0.0
    while s:
        out = out * s.pop() + s.pop(0) ** 2
    return out


@program
def reversed_enumerate(x):
    return sum(k * v for k, v in enumerate(reversed(list(x)))) + sum(x[::-1] * np.arange(6))


@program
def chain_of_types(x):
    a = x[0]
    b = float(a)
    c = np.float64(b)
    d = np.asarray(c)
    e = d.item()
    f = np.array([e])
    g = f[0]
    h = g.tolist()
    return h**2 * type(h)(2)


@program
def random_choice(x):
    r = random.Random(0)
    v = list(x)
    r.shuffle(v)
    return r.choice(v) ** 2 + sum(a * k for k, a in enumerate(v)) + r.sample(v, 2)[0]


@program
def rng_array_write(x):
    g = np.random.default_rng(1)
    n = g.normal(size=6)
    n[0] = x[0]
    n += x * 0.5
    n[1:3] = x[1:3] ** 2
    return n * x


@program
def legacy_random(x):
    np.random.seed(0)
    n = np.random.randn(6)
    n[2] = x[1]
    np.random.shuffle(n)
    return n * x


@program
def rng_choice_idx(x):
    g = np.random.default_rng(1)
    k = g.integers(0, 6, 4)
    return x[k] ** 2 + x[g.permutation(6)][:4]


@program
def rng_choice_vals(x):
    return np.random.default_rng(1).choice(x, 3) ** 2


@program
def rng_perm_vals(x):
    return np.random.default_rng(1).permutation(x) ** 2


@program
def shape_then_views(x):
    a = x * 1.0
    v = a[2:4]
    a.shape = (2, 3)
    a[0, 2] = 7 * x[0]
    v *= 2
    w = a.T
    w[0] = x[5] ** 2
    a.shape = (6,)
    a[0] += 1
    return [a, v]


@program
def shape_input(x):
    x.shape = (3, 2)
    x[1] *= x[0]
    return x**2


@program
def shape_minus1(x):
    a = np.zeros((2, 3))
    a.shape = -1
    a[:] = x
    a.shape = 3, -1
    return a * a


@program
def strides_views_chain(x):
    a = np.zeros((4, 6))
    b = a[::2, ::-1]
    c = b.T[1:4]
    d = c[:, :1]
    d[...] = x[:3, None] ** 2
    c[0] += x[5]
    return a


@program
def where_int_mask(x):
    y = np.zeros(6)
    np.add(x, 1, out=y, where=np.array([1, 0, 1, 0, 1, 1], bool))
    np.multiply(y, y, out=y, where=[True] * 3 + [False] * 3)
    return y


@program
def where_scalar_operands(x):
    y = np.ones(3)
    np.multiply(x[0], x[1], out=y, where=np.array([True, False, True]))
    return y


@program
def where_unary_2d_bcast(x):
    y = np.ones((2, 3))
    np.exp(x[:3], out=y, where=np.array([[True], [False]]))
    return y


@program
def where_all_false(x):
    y = x * 1
    np.sqrt(x, out=y, where=False)
    return y * x


@program
def where_true_scalar(x):
    y = x * 1
    np.sqrt(x, out=y, where=np.bool_(True))
    return y * x


@program
def where_maximum(x):
    y = np.zeros(6)
    np.maximum(x, 0.5, out=y, where=x > 0.4)
    return y


@program
def at_scalar_index(x):
    y = x * 1
    np.add.at(y, 2, x[0])
    np.add.at(y, (3,), x[1])
    np.multiply.at(y, -1, 2.0)
    return y


@program
def at_mask(x):
    y = x * 1
    np.add.at(y, x > 0.5, x[x > 0.5] ** 2)
    return y


@program
def at_2d_rows(x):
    y = np.zeros((3, 2))
    np.add.at(y, [0, 0, 2], x.reshape(3, 2))
    np.add.at(y, (slice(None), [1, 1]), 2.0)
    return y * y


@program
def at_broadcast(x):
    y = np.zeros((3, 3))
    np.add.at(y, np.ix_([0, 1], [2, 2]), x[0])
    return y


@program
def at_maximum_dups(x):
    y = np.zeros(2)
    np.maximum.at(y, [0, 0, 1, 1, 0], x[:5])
    return y**2


@program
def at_power(x):
    y = x * 1
    np.power.at(y, [0, 0], x[1])
    return y


@program
def at_input(x):
    np.add.at(x, [0, 0], x[1])
    return x * x


@program
def at_float32(x):
    y = np.zeros(3, np.float32)
    np.add.at(y, [0, 0], np.float32(1.0))
    return y * x[:3]


@program
def put_into_view(x):
    y = np.zeros((3, 4))
    np.put(y[:, 1], [0, 2], x[:2] ** 2)
    y[1].put([3], x[2])
    return y


@program
def putmask_2d(x):
    y = np.zeros((2, 3))
    np.putmask(y, np.array([[1, 0, 1], [0, 1, 0]], bool), x[:2] ** 2)
    return y


@program
def place_empty(x):
    y = x * 1
    np.place(y, y > 5, [1.0])
    return y * y


@program
def copyto_broadcast(x):
    y = np.zeros((2, 3))
    np.copyto(y, x[:3])
    np.copyto(y, x[3:5, None], where=np.array([True, False, True]))
    return y * y


@program
def partitions(x):
    y = x**2
    y.partition([1, 3])
    z = np.partition(x, 2)[:2].sum()
    return [y[1], y[3], z]


@program
def sort_desc(x):
    y = x * x
    y[::-1].sort()
    return y * np.arange(6)


@program
def argpartition_write(x):
    y = np.zeros(6)
    y[np.argpartition(x, 2)] = x**2
    return y


@program
def float32_buffer_active(x):
    y = np.zeros(6, np.float32)
    y[:] = x
    z = y.astype(float)
    return (z * 0 + x) ** 2


@program
def astype_order(x):
    y = x.reshape(2, 3).astype(float, order="F")
    y.reshape(-1)[0] = 5 * x[1]
    return y * x[0]


@program
def astype_same_float_copy_true(x):
    y = x.astype(np.float64)
    y[0] = 1
    return x * x + y


@program
def array_copy_false(x):
    y = np.array(x, copy=None)
    y[0] = x[1] * 3
    return x * x


@program
def asarray_list(x):
    l = [x[0], x[1]]
    y = np.asarray(l)
    y[0] = 5
    return l[0] * y[1]


@program
def asfortran(x):
    m = x.reshape(2, 3)
    y = np.asfortranarray(m)
    y[0, 0] = 9 * x[1]
    return m * y


@program
def atleast1d_scalar(x):
    y = np.atleast_1d(x[0])
    y[0] = x[1] ** 2
    return y * x[0]


@program
def ravel_F(x):
    m = x.reshape(2, 3) * 1
    r = m.ravel("F")
    r[0] = 8 * x[0]
    s = m.T.ravel()
    s[1] = 3 * x[1]
    q = m.T.ravel("F")
    q[2] = x[4] ** 2
    return [m, r, s]


@program
def squeeze_axis(x):
    m = np.zeros((1, 3, 1))
    m.squeeze(axis=2)[0, 1] = x[0] ** 2
    m[..., 0][0, 0] = x[1]
    return m


@program
def diag_write(x):
    m = np.diag(x[:3]).copy()
    m[0, 1] = x[3]
    d = np.diag(m)
    return d * m[0]


@program
def np_real_write(x):
    y = x * 1
    np.real(y)[0] = x[1] ** 2
    return y


@program
def roll_is_copy(x):
    y = np.roll(x, 1)
    y[0] = 0
    return x * y


@program
def lists_alias(x):
    r = [0.0] * 3
    m = [r, r]
    m[0][1] = x[0] ** 2
    return m[1][1] * x[1] + sum(r)


@program
def rotated_elements(x):
    a = list(x)
    a[0], a[1], a[2] = a[2], a[0], a[1]
    y = x * 1
    y[0], y[1], y[2] = y[2], y[0], y[1]
    return np.array(a) * y * np.arange(6)


@program
def reverse_inplace(x):
    y = x * 1
    y[:] = y[::-1]
    l = list(x)
    l.reverse()
    y[:3] = y[2::-1]
    return y * np.array(l)


@program
def cumulative_inplace(x):
    y = x * 1
    for k in range(1, 6):
        y[k] += y[k - 1]
    y[1:] -= y[:-1]
    y[::2] /= y[1::2]
    return y


@program
def bool_arith_write(x):
    y = np.zeros(6)
    y += (x > 0.5) * x
    y[x > 0.6] *= -1
    y *= ~(x < 0.4)
    return y * x


@program
def nested_setitem(x):
    d = {"a": [np.zeros(2), {"b": np.zeros((2, 2))}]}
    d["a"][1]["b"][0][1] = x[0] ** 2
    d["a"][0][-1:] += x[1]
    return [d["a"][0], d["a"][1]["b"]]


@program
def tuple_of_arrays(x):
    t = (np.zeros(2), np.ones(2))
    t[0][0] = x[0]
    t[1][:] *= x[1]
    try:
        t[0] += 1
    except TypeError:
        pass
    return t[0] * t[1]


@program
def del_and_gc(x):
    y = x * 1
    v = y[1:3]
    del y
    v *= 2
    return v * v


@program
def out_alias_input(x):
    np.multiply(x, x, out=x)
    np.add(x[1:], x[:-1], out=x[:-1])
    return x * x


@program
def matmul_inplace(x):
    A = x[:4].reshape(2, 2).copy()
    A @= A
    return A


@program
def ufunc_two_out(x):
    f = np.zeros(6)
    i = np.zeros(6)
    np.modf(x * 7, out=(f, i))
    return f * x + i


@program
def divmod_out(x):
    q = np.zeros(6)
    r = np.zeros(6)
    np.divmod(7 * x, 2.0, out=(q, r))
    return q * x + r**2


@program
def clip_out_self(x):
    y = x * 1
    y.clip(0.4, 0.7, out=y)
    np.clip(y, 0.45, None, y)
    return y * y


@program
def cumsum_axis_out(x):
    m = x.reshape(2, 3) * 1
    m.cumsum(axis=1, out=m)
    np.cumprod(m, axis=0, out=m)
    return m


@program
def sum_out_row(x):
    o = np.zeros((2, 3))
    x.reshape(2, 3).sum(axis=0, out=o[1])
    o[0] = o[1] ** 2
    return o


@program
def take_out(x):
    o = np.zeros(3)
    x.take([5, 0, 0], out=o)
    o *= x[:3]
    return o


@program
def iadd_int_array_const(x):
    k = np.arange(6)
    k += 1
    k[2] = 9
    return x**k


@program
def int_accumulate(x):
    c = np.zeros(3, int)
    for v in x:
        c[int(v * 3)] += 1
    return c * x[:3]


@program
def bool_mask_build(x):
    m = np.zeros(6, bool)
    m[1] = True
    m[x > 0.6] = True
    m |= x < 0.35
    return x[m] ** 2


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.filterwarnings("ignore")
def test_program(name):
    """Right in value, both modes and Hessians; or refused with place and remedy."""
    f, expected = PROGRAMS[name]
    assert everything(f) == expected
