"""What stands in the source where a line was recorded: the expression, its operands, and how a changed one reads."""

from __future__ import annotations

import ast
import copy
import linecache
from functools import lru_cache
from types import CodeType

from gradcheck_tool.tracing.place import line_number, path_line

Place = tuple[CodeType | None, int]
LONGEST = 60


@lru_cache(maxsize=64)
def _tree(path: str, text: str) -> ast.Module | None:
    try:
        return ast.parse(text, path)
    except (SyntaxError, ValueError):
        return None


@lru_cache(maxsize=64)
def _spans(tree: ast.Module) -> dict[tuple[int | None, ...], ast.AST]:
    found: dict[tuple[int | None, ...], ast.AST] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.stmt) and not isinstance(node, ast.Expr):
            found.setdefault((node.lineno, node.end_lineno, node.col_offset, node.end_col_offset), node)
    return found


def _parsed(code: CodeType) -> ast.Module | None:
    return _tree(code.co_filename, "".join(linecache.getlines(code.co_filename)))


def node_at(place: Place) -> ast.AST | None:
    """The expression (or augmented assignment) that an instruction computes; None where there is no source."""
    code, offset = place
    tree = None if code is None else _parsed(code)
    if code is None or tree is None:
        return None
    return _spans(tree).get(tuple(list(code.co_positions())[offset // 2]))


def operand_nodes(node: ast.AST | None) -> list[ast.expr]:
    """The operands of an expression in the order in which its row has them."""
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.AugAssign):
        return [_loaded(node.target), node.value]
    if isinstance(node, ast.UnaryOp):
        return [node.operand]
    if isinstance(node, ast.Call):
        method = isinstance(node.func, ast.Attribute) and not isinstance(node.func.value, ast.Name)
        return [node.func.value, *node.args] if method and isinstance(node.func, ast.Attribute) else list(node.args)
    if isinstance(node, ast.Attribute):
        return [node.value]
    return []


def _loaded(node: ast.expr) -> ast.expr:
    target = copy.deepcopy(node)
    for part in ast.walk(target):
        if hasattr(part, "ctx"):
            part.ctx = ast.Load()
    return target


def text_of(node: ast.AST | None) -> str:
    """The source of an expression on one line; empty where it is not known, cut where it is long."""
    if node is None:
        return ""
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def expression(place: Place) -> str:
    """The source of what an instruction computes."""
    node = node_at(place)
    return text_of(node.value if isinstance(node, ast.AugAssign) else node)


class _Filled(ast.NodeTransformer):
    """Operands in place of the names of a template; a function keeps the module it is called from."""

    def __init__(self, names: dict[str, ast.expr], function: ast.expr | None) -> None:
        self.names = names
        self.function = function

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(self.function, ast.Attribute) and isinstance(node.func, ast.Name):
            node.func = ast.Attribute(copy.deepcopy(self.function.value), node.func.id, ast.Load())
        node.args = [self.visit(argument) for argument in node.args]
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return copy.deepcopy(self.names[node.id]) if node.id in self.names else node


class _Folded(ast.NodeTransformer):
    """Sums and differences of two whole numbers, done: ``3 - 1`` is 2."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        parts = [part.value for part in (node.left, node.right) if isinstance(part, ast.Constant)]
        if len(parts) == 2 and all(isinstance(part, int) for part in parts) and isinstance(node.op, ast.Add | ast.Sub):
            first, second = (int(part) for part in parts if isinstance(part, int))
            return ast.Constant(first + second if isinstance(node.op, ast.Add) else first - second)
        return node


def rewritten(template: str, operands: tuple[str, ...], node: ast.AST | None) -> str:
    """A template in a row's operands, such as ``a - b``, with what stands in the source: ``x[0] - np.exp(x[1])``."""
    given = operand_nodes(node)
    if len(given) < len(operands):
        return ""
    function = node.func if isinstance(node, ast.Call) else None
    tree = ast.parse(template, mode="eval").body
    filled = _Folded().visit(_Filled(dict(zip(operands, given, strict=False)), function).visit(tree))
    text = text_of(ast.fix_missing_locations(filled))
    return f"{text_of(node.target)} = {text}" if isinstance(node, ast.AugAssign) else text


def bracketed(text: str) -> str:
    """The text of an expression as it can stand in a product."""
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        return f"({text})"
    closed = isinstance(node, ast.Name | ast.Call | ast.Subscript | ast.Attribute | ast.Constant)
    return text if closed else f"({text})"


def where(place: Place, node: ast.AST | None = None) -> str:
    """``path:line`` of an instruction, or of a part of what it computes."""
    code, offset = place
    shown = path_line(code, offset)
    number = getattr(node, "lineno", None)
    return shown if code is None or number is None else f"{shown.rpartition(':')[0]}:{number}"


# --- entries of the result that no operation computes ---------------------------------------------------------------


def element_node(place: Place, entry: int, count: int) -> ast.expr | None:
    """The expression that gives entry `entry` of a result of `count` numbers: an element of a list or an assignment."""
    code, offset = place
    tree = None if code is None else _parsed(code)
    if code is None or tree is None:
        return None
    function = _function(tree, line_number(code, offset))
    if function is None:
        return None
    elements = [
        flat[entry]
        for node in ast.walk(function)
        if isinstance(node, ast.List | ast.Tuple) and isinstance(node.ctx, ast.Load)
        and len(flat := _flat(node)) == count
    ]  # fmt: skip
    if len(elements) == 1:
        return _behind(function, elements[0])
    written = [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and any(_is_entry(target, entry) for target in node.targets)
    ]
    return written[0] if len(written) == 1 and not elements else None


def _behind(function: ast.AST, node: ast.expr) -> ast.expr:
    """The expression a name stands for, where it is assigned once and read nowhere else."""
    if not isinstance(node, ast.Name):
        return node
    reads = [part for part in ast.walk(function) if isinstance(part, ast.Name) and part.id == node.id]
    if sum(isinstance(part.ctx, ast.Load) for part in reads) != 1:
        return node
    assigned = [
        statement
        for statement in ast.walk(function)
        if isinstance(statement, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.For)
        and any(_stores(part, node.id) for part in ast.walk(statement))
    ]
    only = assigned[0] if len(assigned) == 1 else None
    plain = isinstance(only, ast.Assign) and isinstance(only.targets[0], ast.Name)
    return only.value if plain and isinstance(only, ast.Assign) else node


def _stores(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)


def is_alias(place: Place) -> bool:
    """Whether an instruction reads what gets a name there, ``d = x[1]``, and nothing else in the function reads it."""
    code, offset = place
    node = node_at(place)
    tree = None if code is None else _parsed(code)
    if code is None or tree is None or not isinstance(node, ast.Subscript):
        return False
    function = _function(tree, line_number(code, offset))
    if function is None:
        return False
    named = any(isinstance(part, ast.Assign) and part.value is node for part in ast.walk(function))
    same = ast.dump(node)
    return named and sum(isinstance(part, ast.Subscript) and ast.dump(part) == same for part in ast.walk(function)) == 1


def _function(tree: ast.Module, line: int) -> ast.AST | None:
    """The innermost function around a line."""
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return max(around, key=lambda node: node.lineno, default=None)


def _flat(node: ast.List | ast.Tuple) -> list[ast.expr]:
    found: list[ast.expr] = []
    for element in node.elts:
        found += _flat(element) if isinstance(element, ast.List | ast.Tuple) else [element]
    return found


def _is_entry(target: ast.expr, entry: int) -> bool:
    return isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant) and target.slice.value == entry
