"""Ways out of the record: text, bytes, C code, other types, caches. Right or refused, and never silently constant."""

import array
import bisect
import builtins
import collections
import concurrent.futures
import copy
import ctypes
import decimal
import enum
import fractions
import functools
import heapq
import importlib
import io
import json
import operator
import pickle
import random
import statistics
import struct
import sys
import threading
import types

import numpy as np

CACHE = {}
LAST = {"x": 1.0}
_seen = []


class Metres(float):
    pass


class Boxed:
    def __init__(self, v):
        self.v = v

    def __float__(self):
        return float(self.v)

    def __array__(self, dtype=None, copy=None):
        return np.array([self.v, self.v * 2])


class Vector(np.ndarray):
    pass


class Rows(list):
    def total(self):
        return sum(self)


class Kind(enum.Enum):
    A = 1.5
    B = 2.5


def float_of_repr(x):
    return float(repr(float(x[0]))) * x[1]


def float_of_text(x):
    return float(str(x[0].item())) ** 2 + x[1]


def float_of_format(x):
    return float(f"{x[0]:.17g}") * x[1]


def float_of_percent(x):
    return float("%.17g" % x[0]) * x[1]


def rounded_by_text(x):
    return float(f"{x[0]:.2f}") * x[1]


def eval_of_text(x):
    return eval(repr(x[0].item())) * x[1]


def eval_of_expression(x):
    return eval("x[0] ** 2 * np.sin(x[1])")


def exec_of_code(x):
    names = {"x": x}
    exec("import math\nimport numpy as np\ny = math.sin(x[0]) + np.exp(x[1])", names)
    return names["y"]


def json_round_trip(x):
    return np.array(json.loads(json.dumps(x.tolist()))) ** 2


def pickle_round_trip(x):
    return pickle.loads(pickle.dumps(x)) ** 2


def struct_round_trip(x):
    return struct.unpack("d", struct.pack("d", x[0]))[0] * x[1]


def bytes_round_trip(x):
    return np.frombuffer(x.tobytes()) ** 2


def text_file_round_trip(x):
    f = io.StringIO()
    np.savetxt(f, x, fmt="%.17g")
    f.seek(0)
    return np.loadtxt(f) ** 2


def binary_file_round_trip(x):
    f = io.BytesIO()
    np.save(f, x)
    f.seek(0)
    return np.load(f) * x


def fromstring_parse(x):
    return np.array([float(t) for t in " ".join(str(v) for v in x.tolist()).split()]) * 2


def array_module(x):
    a = array.array("d", x)
    return np.array(a) * 2 + x


def memory_view(x):
    return np.array(memoryview(x)) ** 2


def ctypes_double(x):
    return ctypes.c_double(x[0]).value ** 2


def hexadecimal_float(x):
    return float.fromhex(x[0].item().hex()) * x[1]


def integer_ratio(x):
    p, q = x[0].item().as_integer_ratio()
    return p / q * x[1]


def decimal_numbers(x):
    return float(decimal.Decimal(x[0]) * decimal.Decimal("2")) + x[1]


def fraction_numbers(x):
    return float(fractions.Fraction(x[0].item()) ** 2) + x[1]


def float_subclass(x):
    return Metres(x[0]) * Metres(x[1])


def box_with_float(x):
    return float(Boxed(x[0])) * x[1]


def box_in_math(x):
    import math

    return math.sin(Boxed(x[0])) + x[1]


def box_with_array(x):
    return np.asarray(Boxed(x[0])) * x[1]


def own_array_subclass(x):
    return np.asarray(x.view(Vector) ** 2)


def list_subclass(x):
    return Rows(x).total() ** 2


def user_list(x):
    return sum(collections.UserList(x)) ** 2


def matrix_class(x):
    return np.asarray(np.matrix(x) * np.matrix(x).T)[0, 0]


def masked_array(x):
    return np.ma.masked_array(x, mask=[False, True, False]).sum() ** 2


def structured_array(x):
    a = np.zeros(3, dtype=[("u", float), ("v", float)])
    a["u"] = x
    return a["u"] * x


def record_array(x):
    r = np.rec.array([(x[0], x[1])], dtype=[("a", float), ("b", float)])
    return r.a[0] * r.b[0]


def object_array_of_numbers(x):
    a = np.array([x[0], None, x[1]], dtype=object)
    return a[0] * a[2]


def object_array_in_ufunc(x):
    a = np.empty(3, dtype=object)
    a[:] = list(x)
    return np.sum(a * a) ** 2


def random_generator_location(x):
    return np.random.default_rng(0).normal(x[0], 0.1, size=3).sum()


def random_generator_scale(x):
    rng = np.random.default_rng(0)
    return x[0] + x[1] * rng.standard_normal(3)


def random_generator_uniform(x):
    return np.random.default_rng(1).uniform(0.0, x[0], 2)


def random_generator_choice(x):
    return np.random.default_rng(2).choice(x, 2) ** 2


def random_generator_permutation(x):
    return np.random.default_rng(2).permutation(x) * np.arange(3)


def random_generator_shuffle(x):
    y = x.copy()
    np.random.default_rng(2).shuffle(y)
    return y * np.arange(3)


def random_legacy_seed(x):
    np.random.seed(3)
    return x * np.random.randn(3)


def random_module_gauss(x):
    r = random.Random(4)
    return r.gauss(x[0], 1.0) * x[1]


def random_module_uniform(x):
    return random.Random(4).uniform(x[0], x[1])


def random_module_choice(x):
    r = random.Random(5)
    return r.choice(list(x)) * r.random()


def statistics_stdev(x):
    return statistics.stdev(x.tolist())


def statistics_median(x):
    return statistics.median(list(x)) ** 2


def statistics_normal(x):
    return statistics.NormalDist(x[0], x[1]).cdf(0.3)


def heap_smallest(x):
    h = list(x)
    heapq.heapify(h)
    return heapq.heappop(h) * 2 + heapq.nlargest(1, x)[0]


def bisect_lookup(x):
    k = bisect.bisect([0.0, 0.5, 1.0, 2.0], x[0])
    return k * x[0] + bisect.bisect_left([0.1, 0.2], x[1])


def counter_of_values(x):
    c = collections.Counter(x.tolist())
    return sum(v * n for v, n in c.items())


def set_of_values(x):
    return sum(sorted(set(x.tolist()))) ** 2


def dict_keyed_by_value(x):
    d = {v: v**2 for v in x}
    return sum(d[v] for v in x)


def cache_by_value(x):
    key = float(x[0])
    if key not in CACHE:
        CACHE[key] = np.sin(x[0]) * 2
    return CACHE[key] * x[1]


def cache_by_text(x):
    key = f"{x[0]!r}"
    if key not in CACHE:
        CACHE[key] = x[0] ** 3
    return CACHE[key] + x[1]


@functools.lru_cache
def _slow(v):
    return v**2


def cached_function(x):
    return _slow(x[0]) * _slow(x[1])


def global_value_kept(x):
    LAST["x"] = x[0] * 2
    return LAST["x"] * x[1]


def global_list_grows(x):
    _seen.append(x[0])
    return _seen[-1] ** 2


def attribute_of_function(x):
    attribute_of_function.last = x[1]
    return attribute_of_function.last * x[0]


def threads_mapped(x):
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        return sum(pool.map(lambda v: v * v, x))


def thread_writes(x):
    out = np.zeros(3)

    def work():
        out[:] = x**2

    t = threading.Thread(target=work)
    t.start()
    t.join()
    return out


def module_by_name(x):
    return importlib.import_module("math").sin(x[0]) * __import__("math").exp(x[1])


def module_from_table(x):
    return sys.modules["math"].cos(x[0]) + vars(sys.modules["numpy"])["exp"](x[1])


def function_from_dict_of_module(x):
    return np.__dict__["sin"](x[0]) * getattr(np, "cos")(x[1])


def builtins_module(x):
    return builtins.float(x[0]) * builtins.sum(x) + builtins.abs(x[1])


def float_class_methods(x):
    return float.__mul__(x[0].item(), 2.0) + float.__pow__(x[1].item(), 2.0)


def array_class_methods(x):
    return np.ndarray.sum(x) * np.ndarray.__add__(x, x)[0]


def method_caller(x):
    return operator.methodcaller("sum")(x) ** 2


def mapped_float(x):
    return sum(map(float, x)) ** 2


def float_as_default(x, kind=float):
    return kind(x[0]) * x[1]


def float_in_table(x):
    return {"f": float, "g": np.float64}["f"](x[0]) * {"g": np.float64}["g"](x[1])


def float_partial(x):
    return functools.partial(float)(x[0]) ** 2


def float_as_key(x):
    return sorted(x, key=float)[0] ** 2


def numpy_float_of_list(x):
    return np.array(list(map(float, x)), dtype=float) ** 2


def from_iterator_of_floats(x):
    return np.fromiter(map(float, x), float) ** 2


def converted_with_astype_names(x):
    return x.astype("float64") * x.astype("f8") * x.astype(np.double)


def array_interface(x):
    return np.asarray(x.__array__()) * 2 + x


def array_from_data_pointer(x):
    return np.array(x.data) * x


def function_type_clone(x):
    g = types.FunctionType((lambda t: np.sin(t) ** 2).__code__, globals())
    return g(x)


def code_with_other_globals(x):
    g = types.FunctionType((lambda t: np.cos(t)).__code__, {"np": np})
    return g(x) * x


def enum_value_times(x):
    return Kind.A.value * x[0] + Kind["B"].value ** x[1]


def deep_copy_of_closure(x):
    f = copy.deepcopy({"p": [x[0]], "q": x})
    return f["p"][0] * f["q"].sum()


def numpy_testing_inside(x):
    np.testing.assert_allclose(x, x.copy())
    return x**2


def warnings_and_logging(x):
    import logging

    logging.getLogger("quiet").debug("value %s", x[0])
    return x**2


def sized_by_value(x):
    n = round(float(x[1]) * 3)
    return np.linspace(0, 1, n).sum() * x[0]


def string_key_from_value(x):
    table = {"0.7": 2.0, "other": 3.0}
    return table.get(str(float(x[0])), 1.0) * x[0]


def vectorize_with_otypes(x):
    return np.vectorize(lambda v: v * 2, otypes=[float])(x) * x


def vectorize_int_otypes(x):
    return np.vectorize(lambda v: v * 2, otypes=[int])(x) * x


def as_strided_windows(x):
    w = np.lib.stride_tricks.as_strided(x, (2, 2), (8, 8))
    return w.sum(axis=1) * x[0]


def nditer_write(x):
    y = np.zeros(3)
    with np.nditer([x, y], op_flags=[["readonly"], ["writeonly"]]) as it:
        for a, b in it:
            b[...] = a**2
    return y


def put_through_memory_of_list(x):
    v = [0.0, 0.0]
    operator.setitem(v, 1, x[0])
    return operator.getitem(v, 1) * x[1]


POINTS = {"string_key_from_value": [0.71, 1.3, 0.4], "rounded_by_text": ([0.7, 1.3, 0.4], [0.7312, 1.3, 0.4])}
DEFAULT = [0.7, 1.3, 0.4]
