"""Wrong gradients made from right ones: changed numbers, and changed source with its syntax tree."""

import ast
import inspect
import linecache

import numpy as np
import story_models as models

FACTORS = (1 + 1e-2, 1 + 1e-3, 1 + 1e-4, 1 + 1e-5, 1 + 1e-6)


def functions(name):
    return getattr(models, name), getattr(models, f"{name}_grad"), np.array(models.POINTS[name])


def _entry(gradient, place, change):
    def mutant(x):
        g = np.array(gradient(x))
        g[place] = change(g[place])
        return g

    return mutant


def numeric(name):
    """(kinds that are right, gradient) of every mechanical change of the numbers of one gradient."""
    _, gradient, x = functions(name)
    n = x.size
    right = np.asarray(gradient(x), dtype=float)
    for place in sorted({0, n - 1}):
        for factor in FACTORS:
            yield {"factor"}, f"x{factor}[{place}]", _entry(gradient, place, lambda v, c=factor: v * c)
        yield {"sign"}, f"-[{place}]", _entry(gradient, place, lambda v: -v)
        yield {"factor"}, f"2[{place}]", _entry(gradient, place, lambda v: 2 * v)
        yield {"zero"}, f"0[{place}]", _entry(gradient, place, lambda v: 0 * v)
        yield {"offset"}, f"+.25[{place}]", _entry(gradient, place, lambda v: v + 0.25)
    yield {"sign"}, "-all", lambda x: -np.asarray(gradient(x))
    yield {"factor"}, "2all", lambda x: 2 * np.asarray(gradient(x))
    yield {"factor"}, "/n", lambda x: np.asarray(gradient(x)) * (1 / 7)
    yield {"factor"}, "x1.0001", lambda x: np.asarray(gradient(x)) * 1.0001
    yield {"zero"}, "0all", lambda x: 0 * np.asarray(gradient(x))
    yield {"float32"}, "f32", lambda x: np.asarray(gradient(np.asarray(x)), dtype=float).astype(np.float32)
    if np.any(np.abs(right - np.rint(right)) > 1e-3) and np.any(np.abs(right) > 1):
        yield {"rounded"}, "trunc", lambda x: np.trunc(np.asarray(gradient(x)))
    if n > 1:
        kinds = {"permuted", "sign"} if n == 2 else {"permuted"}
        yield kinds, "roll", lambda x: np.roll(np.asarray(gradient(x)), 1)
        yield kinds, "reverse", lambda x: np.asarray(gradient(x))[::-1]
        yield {"copied", "factor"}, "copy", lambda x: np.asarray(gradient(x))[[0, 0, *range(2, n)]]
    if n > 2:
        yield {"permuted"}, "swap", lambda x: np.asarray(gradient(x))[[1, 0, *range(2, n)]]


class _Edit(ast.NodeTransformer):
    """Make the change number `wanted` of those `change` offers, counting through the tree."""

    def __init__(self, wanted):
        self.wanted, self.count, self.label = wanted, 0, ""

    def _turn(self, label, make):
        self.count += 1
        if self.count - 1 == self.wanted:
            self.label = label
            return make()
        return None

    def visit_BinOp(self, node):
        node = self.generic_visit(node)
        for label, make in self._options(node):
            found = self._turn(label, make)
            if found is not None:
                return ast.copy_location(found, node)
        return node

    @staticmethod
    def _options(node):
        left, right = node.left, node.right
        if isinstance(node.op, ast.Add):
            other = ast.BinOp(left, ast.Sub(), right)
            return [("drop-term", lambda: left), ("drop-term", lambda: right), ("plus-minus", lambda: other)]
        if isinstance(node.op, ast.Sub):
            minus, other = ast.UnaryOp(ast.USub(), right), ast.BinOp(left, ast.Add(), right)
            return [("drop-term", lambda: left), ("drop-term", lambda: minus), ("plus-minus", lambda: other)]
        if isinstance(node.op, ast.Mult):
            return [("drop-factor", lambda: left), ("drop-factor", lambda: right)]
        if isinstance(node.op, ast.Div):
            return [("drop-divisor", lambda: left)]
        if isinstance(node.op, ast.Pow) and isinstance(right, ast.Constant):
            return [("power", lambda: ast.BinOp(left, ast.Pow(), ast.Constant(right.value + 1)))]
        return []

    def visit_UnaryOp(self, node):
        node = self.generic_visit(node)
        if isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
            return self._turn("lost-minus", lambda: node.operand) or node
        return node

    def visit_Constant(self, node):
        if isinstance(node.value, float) and node.value not in (0.0, 1.0):
            return self._turn("constant", lambda: ast.Constant(node.value * 1.001)) or node
        return node

    def visit_Attribute(self, node):
        node = self.generic_visit(node)
        swap = {"sin": "cos", "cos": "sin"}
        if node.attr in swap:
            return self._turn("function", lambda: ast.Attribute(node.value, swap[node.attr], ast.Load())) or node
        return node

    def visit_Subscript(self, node):
        node = self.generic_visit(node)
        index = node.slice
        if isinstance(node.ctx, ast.Load) and isinstance(index, ast.Constant) and index.value in (0, 1):
            return (
                self._turn("index", lambda: ast.Subscript(node.value, ast.Constant(1 - index.value), ast.Load()))
                or node
            )
        return node


def source_level(name):
    """(label, gradient) of every single edit of the source of one gradient."""
    _, gradient, _ = functions(name)
    text = inspect.getsource(gradient)
    wanted = 0
    while True:
        edit = _Edit(wanted)
        tree = edit.visit(ast.parse(text))
        if not edit.label:
            return
        path = f"<mutant {name} {wanted}>"
        source = ast.unparse(ast.fix_missing_locations(tree))
        linecache.cache[path] = (len(source), None, source.splitlines(keepends=True), path)
        scope = dict(vars(models))
        exec(compile(source, path, "exec"), scope)  # noqa: S102 - the source is our own
        yield edit.label, source, scope[gradient.__name__]
        wanted += 1
