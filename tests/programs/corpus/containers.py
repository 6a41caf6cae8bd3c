"""Lists, dicts, tuples, dataclasses, classes and what they hold."""

import collections
import dataclasses
import functools
import typing
from collections import OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field

import numpy as np

Point = namedtuple("Point", "x y")


class State(typing.NamedTuple):
    pos: float
    vel: float


@dataclass
class Params:
    a: float
    b: float = 2.0
    extras: list = field(default_factory=list)

    def value(self):
        return self.a**self.b + sum(self.extras)


@dataclass(frozen=True)
class Vec:
    x: float
    y: float

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __mul__(self, s):
        return Vec(self.x * s, self.y * s)

    __rmul__ = __mul__

    def dot(self, other):
        return self.x * other.x + self.y * other.y

    def __abs__(self):
        return np.sqrt(self.dot(self))


class Layer:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def __call__(self, h):
        return np.tanh(self.W @ h + self.b)


class Pendulum:
    g = 9.81

    def __init__(self, length, damping=0.1):
        self.length, self.damping = length, damping
        self._energy = None

    @property
    def frequency(self):
        return np.sqrt(self.g / self.length)

    @staticmethod
    def wrap(a):
        return a * 1.0

    @classmethod
    def unit(cls, scale):
        return cls(scale)

    def step(self, s, h=0.05):
        a, w = s
        return np.array([a + h * w, w - h * (self.frequency**2 * np.sin(a) + self.damping * w)])


class Polynomial:
    def __init__(self, coefficients):
        self.c = list(coefficients)

    def __call__(self, t):
        return functools.reduce(lambda acc, c: acc * t + c, self.c)

    def __getitem__(self, k):
        return self.c[k]

    def __len__(self):
        return len(self.c)

    def derivative(self):
        n = len(self) - 1
        return Polynomial([c * (n - k) for k, c in enumerate(self.c[:-1])])


class DualNumber:
    def __init__(self, v, d):
        self.v, self.d = v, d

    def __mul__(self, o):
        return DualNumber(self.v * o.v, self.v * o.d + self.d * o.v)

    def __add__(self, o):
        return DualNumber(self.v + o.v, self.d + o.d)


class Account:
    def __init__(self):
        self.balance = 0.0
        self.log = []

    def deposit(self, v):
        self.balance += v
        self.log.append(self.balance)
        return self


class Slotted:
    __slots__ = ("k", "m")

    def __init__(self, k, m):
        self.k = k
        self.m = m

    def omega(self):
        return (self.k / self.m) ** 0.5


class Base:
    def energy(self, x):
        return 0.5 * x @ x


class Derived(Base):
    def energy(self, x):
        return super().energy(x) + np.sin(x).sum()


class Running:
    def __iter__(self):
        return iter(self.items)

    def __init__(self, items):
        self.items = items

    def __contains__(self, v):
        return any(v == w for w in self.items)


def list_building(x):
    out = []
    for v in x:
        out.append(v**2)
        out.extend([v, 1.0])
    return np.array(out)


def list_comprehension_nested(x):
    return np.array([[a * b for a in x] for b in x])


def list_insert_pop(x):
    v = list(x)
    v.insert(1, x[0] * x[1])
    last = v.pop()
    return sum(v) * last


def list_slice_assign(x):
    v = [0.0] * 5
    v[1:4] = x
    v[0] = v[1] ** 2
    return np.array(v)


def list_sort_in_place(x):
    v = list(x)
    v.sort()
    return v[0] + 2 * v[1] + 3 * v[2]


def list_multiplication(x):
    return np.array([x[0]] * 3 + [x[1]] * 2)


def list_of_arrays_written(x):
    rows = [np.zeros(3) for _ in range(3)]
    for i in range(3):
        rows[i][i] = x[i]
        rows[i] += x[0]
    return np.array(rows)


def list_index_of_max(x):
    v = x.tolist()
    return x[v.index(max(v))] ** 2


def tuple_results(x):
    return x[0] * x[1], x**2


def nested_result(x):
    return {"energy": x @ x, "parts": [x[0] ** 2, (x[1] * x[2],)]}


def dict_parameters(x):
    p = {"mass": x[0], "k": x[1]}
    p["omega"] = np.sqrt(p["k"] / p["mass"])
    p.update(scale=x[2])
    return p["omega"] * p.get("scale", 1.0) * p.get("missing", 2.0)


def dict_of_arrays(x):
    grads = {name: np.zeros(3) for name in ("w", "b")}
    grads["w"] += x
    grads["b"][1] = x[0] * x[2]
    return grads["w"] * grads["b"].sum()


def dict_comprehension(x):
    d = {i: v for i, v in enumerate(x)}
    return sum(k * v**2 for k, v in d.items())


def dict_memo(x):
    memo = {}

    def f(n):
        if n not in memo:
            memo[n] = x[0] if n == 0 else f(n - 1) * x[1] + x[2]
        return memo[n]

    return f(6) + f(3)


def default_dict(x):
    sums = defaultdict(float)
    for i, v in enumerate(x):
        sums[i % 2] += v**2
    return sums[0] * sums[1]


def ordered_dict(x):
    d = OrderedDict(zip("cab", x))
    d.move_to_end("c")
    return sum(i * v for i, v in enumerate(d.values()))


def double_ended_queue(x):
    q = deque(x, maxlen=3)
    q.append(x[0] * x[1])
    q.rotate(1)
    return q[0] * q[1] - q[2]


def counter_weights(x):
    c = collections.Counter("abca")
    return c["a"] * x[0] + c["b"] * x[1] ** 2


def chain_map(x):
    m = collections.ChainMap({"a": x[0]}, {"a": 5.0, "b": x[1]})
    return m["a"] * m["b"]


def named_tuple(x):
    p = Point(x[0], x[1])
    q = p._replace(y=p.x * x[2])
    return q.x * q.y + p.y


def typed_named_tuple(x):
    s = State(x[0], x[1])
    for _ in range(5):
        s = State(s.pos + 0.1 * s.vel, s.vel - 0.1 * x[2] * s.pos)
    return s.pos, s.vel


def dataclass_value(x):
    return Params(x[0], extras=[x[1], x[2] ** 2]).value()


def dataclass_replace(x):
    p = Params(x[0], x[1])
    q = dataclasses.replace(p, a=p.a * x[2])
    return q.value() * p.value()


def dataclass_as_dict(x):
    p = Params(x[0], x[1], [x[2]])
    d = dataclasses.asdict(p)
    return d["a"] * d["b"] + d["extras"][0] ** 2


def dataclass_operators(x):
    u, v = Vec(x[0], x[1]), Vec(x[2], 1.0)
    return abs(2 * u + v) * u.dot(v)


def neural_network_classes(x):
    layers = [Layer(np.outer(x, x), x), Layer(np.eye(3) * x[0], np.ones(3))]
    h = np.array([1.0, -0.5, 0.2])
    for layer in layers:
        h = layer(h)
    return h


def class_with_property(x):
    p = Pendulum(x[0], x[1])
    s = np.array([x[2], 0.0])
    for _ in range(4):
        s = p.step(s)
    return s


def class_method_static(x):
    return Pendulum.unit(Pendulum.wrap(x[0])).frequency


def callable_polynomial(x):
    p = Polynomial(x)
    return p(0.5) * p.derivative()(x[0])


def own_dual_numbers(x):
    t = DualNumber(x[0], 1.0)
    y = t * t * t + t
    return y.d * x[1]


def stateful_account(x):
    a = Account()
    a.deposit(x[0]).deposit(x[1] ** 2)
    return a.balance * a.log[0]


def slotted_class(x):
    return Slotted(x[0], x[1]).omega()


def inheritance_super(x):
    return Derived().energy(x)


def set_attributes_dynamically(x):
    class Box:
        pass

    b = Box()
    for name, v in zip("pqr", x):
        setattr(b, name, v)
    return b.p * b.q ** vars(b)["r"]


def iterable_class(x):
    return sum(v**2 for v in Running(x))


def closure_class(x):
    class Integrator:
        def __init__(self, f):
            self.f, self.t, self.y = f, 0.0, x[0]

        def run(self, n):
            for _ in range(n):
                self.y = self.y + 0.1 * self.f(self.y)
                self.t += 0.1
            return self.y

    return Integrator(lambda y: -x[1] * y).run(5)


def partial_method_table(x):
    table = {n: functools.partial(np.power, exponent) for n, exponent in enumerate(x)}
    return table[0](2.0) * table[2](3.0)


def cached_property_class(x):
    class Model:
        def __init__(self, a):
            self.a = a

        @functools.cached_property
        def cube(self):
            return self.a**3

    m = Model(x[0])
    return m.cube * m.cube + x[1]


def linked_list_sum(x):
    node = None
    for v in x:
        node = (v, node)
    s = 0.0
    while node is not None:
        s, node = s * 0.5 + node[0] ** 2, node[1]
    return s


def stack_machine(x):
    stack = []
    for token in [x[0], x[1], "*", x[2], "+", x[0], "/"]:
        if isinstance(token, str):
            b, a = stack.pop(), stack.pop()
            stack.append({"*": a * b, "+": a + b, "/": a / b}[token])
        else:
            stack.append(token)
    return stack[0]


def graph_messages(x):
    edges = {0: [1, 2], 1: [2], 2: [0]}
    m = {n: x[n] for n in edges}
    for _ in range(2):
        new = {n: 0.1 * m[n] for n in edges}
        for n, outs in edges.items():
            for o in outs:
                new[o] = new[o] + m[n] ** 2 / len(outs)
        m = new
    return np.array([m[n] for n in sorted(m)])


def enumerate_zip_dict(x):
    weights = dict(zip(["a", "b", "c"], x))
    return sum(i * w for i, (k, w) in enumerate(sorted(weights.items()), 1))


def set_of_indices(x):
    chosen = {0, 2}
    return sum(x[i] ** 2 for i in chosen)


def zip_longest_strict(x):
    return sum(a * b for a, b in zip(x, [1.0, 2.0, 3.0], strict=True))


def structured_matrix_of_tuples(x):
    rows = [(x[0], x[1]), (x[1], x[2])]
    return np.linalg.det(np.array(rows))


def mutable_default_guard(x, acc=None):
    acc = [] if acc is None else acc
    acc.append(x[0])
    return acc[0] ** 2


POINTS = {}
DEFAULT = [0.7, 1.3, 0.4]
