"""The rules of one line: its operation, its tangent, and what it adds to the adjoints of its operands."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradcheck_tool.calculus.algebra import is_complex
from gradcheck_tool.calculus.primitive import Elementwise, Linear
from gradcheck_tool.tracing.trace import Line
from gradcheck_tool.walks.elementary_rules import partial_tree, value_tree
from gradcheck_tool.walks.formula import Call, Negative, Number, Symbol, Tree, Written, is_number, plus, times
from gradcheck_tool.walks.recompute import is_formula
from gradcheck_tool.walks.structural_rules import wording
from gradcheck_tool.walks.walked import Walked
from gradcheck_tool.walks.written import UnwrittenError, literal, names


def down(line: Line, walked: Walked) -> tuple[Tree, Tree]:
    """The operation and its tangent."""
    k, row = line.number, line.primitive
    operands = [walked.operand(ref) for ref in line.operands]
    moving = [(position, ref) for position, ref in enumerate(line.operands) if isinstance(ref, int)]
    if isinstance(row, Elementwise):
        given: dict[str, Tree] = dict(zip(row.operands, operands, strict=True))
        terms = []
        for position, ref in moving:
            partial = partial_tree(row, position, {**given, "y": walked.value(k)})
            moved = walked.tangent(ref)
            first = position == 0 and isinstance(partial, Symbol) and len(operands) == 2
            terms.append(times(moved, partial) if first else times(partial, moved))
        return value_tree(row, given), plus(terms)
    said = wording(row.name if row else "")
    own, texts = _texts(walked.value(k)), [_texts(operand) for operand in operands]
    value = _written([own, *texts], lambda _own, *x: said.value(x, line.detail))
    terms = [
        _written(
            [own, _texts(walked.tangent(ref)), *texts],
            lambda own, moved, *x, position=position: said.tangent(position, moved, x, own, line.detail),
        )
        for position, ref in moving
    ]
    return value, plus(terms)


def increment(used: Line, position: int, k: int, walked: Walked) -> Tree:
    """What one use of line k adds to its adjoint."""
    row, given = used.primitive, walked.adjoint(used.number)
    operands = [walked.operand(ref) for ref in used.operands]
    if isinstance(row, Elementwise):
        named: dict[str, Tree] = {**dict(zip(row.operands, operands, strict=True)), "y": walked.value(used.number)}
        term = times(given, partial_tree(row, position, named))
        if _turns_real(used, k, walked):
            term = Call("real", (term,))
        return _summed(term, np.shape(walked.values[used.number]), np.shape(walked.values[k]))
    said = wording(row.name if row else "")
    texts = [_texts(walked.value(used.number)), _texts(given), *(_texts(operand) for operand in operands)]
    real = _turns_real(used, k, walked) and not isinstance(row, Linear)  # a linear row says so itself
    pattern = "real({})" if real else "{}"
    return _written(texts, lambda own, g, *x: pattern.format(said.adjoint(position, g, x, own, used.detail)))


def _turns_real(used: Line, k: int, walked: Walked) -> bool:
    """Whether a complex line used a real one: of what it hands back only the real part counts."""
    return is_complex(walked.values[used.number]) and not is_complex(walked.values[k])


def _summed(term: Tree, given: tuple[int, ...], wanted: tuple[int, ...]) -> Tree:
    """An adjoint summed over the entries a smaller operand was repeated for."""
    if given == wanted or is_number(term, 0):
        return term
    if wanted == ():
        return Call("sum", (term,))
    lead = len(given) - len(wanted)
    ones = [axis + lead for axis, n in enumerate(wanted) if n == 1 and given[axis + lead] != 1]
    if lead and not ones:
        return Call("sum", (term,), f", axis={0 if lead == 1 else tuple(range(lead))}")
    if ones and not lead:
        return Call("sum", (term,), f", axis={ones[0] if len(ones) == 1 else tuple(ones)}, keepdims=True")
    return Written(f"sum({names(term)}) to {wanted}", None)


def _texts(tree: Tree) -> tuple[str, str | None]:
    """An operand of a structural row in names and in numbers; None where it is too large to write."""
    text = names(tree)
    value = tree.value if isinstance(tree, Symbol | Number) else None
    try:
        put_in = literal(value)
    except UnwrittenError:
        return text, None
    return text, f"({put_in})" if put_in.startswith("-") else put_in


def _written(texts: list[tuple[str, str | None]], write: Any) -> Tree:
    """A term of a structural row, with numbers where all operands are small and the rule is a formula."""
    text = write(*(name for name, _put_in in texts))
    unwritable = any(put_in is None for _name, put_in in texts)
    put_in = None if unwritable else write(*(put_in for _name, put_in in texts))
    if put_in is not None and not is_formula(put_in):
        put_in = None
    if text.startswith("-"):
        return Negative(Written(text[1:], None if put_in is None else put_in[1:]))
    return Written(text, put_in)
