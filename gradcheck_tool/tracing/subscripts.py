"""``np.einsum`` in all its forms, as contractions of two operands at a time.

Subscripts are letters or lists of whole numbers, with ellipses, repeated letters (diagonals), and an output that
may be left to NumPy's convention. Here they all become words over lower-case letters.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck_tool.tracing.contractions import conjugate, contracted
from gradcheck_tool.tracing.recorder import Recorder, solid
from gradcheck_tool.tracing.reductions import as_array, patched
from gradcheck_tool.tracing.ufuncs import inactive, refusal

_LETTERS = string.ascii_lowercase + string.ascii_uppercase.replace("Z", "")  # Z is the axis of directions
_HARMLESS = {"order": ("K", "C", "A", "F"), "casting": ("safe", "same_kind", "unsafe", "equiv", "no")}
Term = list[Any]  # symbols, and Ellipsis


def einsum(recorder: Recorder, *operands: Any, out: Any = None, optimize: Any = False, **keywords: Any) -> Any:
    """``np.einsum``."""
    if out is not None:
        raise refusal("out= of numpy.einsum with an array made outside the function")
    for name, given in keywords.items():
        if given is not None and given not in _HARMLESS.get(name, ()) and not _is_double(name, given):
            raise refusal(f"{name}= of numpy.einsum")
    terms, result, arrays = _parsed(recorder, operands)
    numbers = [recorder.number(x) for x in arrays]
    value = np.einsum(*_asked(recorder, operands), optimize=optimize, **keywords)
    if not any(recorder.active(x) for x in arrays):
        return inactive(recorder, value)
    words, last = _spelled(terms, result, [np.ndim(x) for x in numbers])
    sizes: dict[str, int] = {}
    for word, number in zip(words, numbers, strict=True):
        for letter, n in zip(word, np.shape(number), strict=True):
            sizes[letter] = max(sizes.get(letter, 1), n) if n else 0
    arrays = [_stretched(x, word, sizes) for x, word in zip(arrays, words, strict=True)]
    return patched(recorder, _multiplied(recorder, arrays, words, last), value)


def vectors(ufunc: np.ufunc, text: str, *, conjugated: bool = False) -> Callable[..., Any]:
    """A product that NumPy has a ufunc for; with complex numbers some of them conjugate what they begin with."""

    def entry(recorder: Recorder, a: Any, b: Any) -> Any:
        a, b = as_array(recorder, a), as_array(recorder, b)
        value = ufunc(recorder.number(a), recorder.number(b))
        if not (recorder.active(a) or recorder.active(b)):
            return inactive(recorder, value)
        return patched(recorder, einsum(recorder, text, conjugate(a) if conjugated else a, b), value)

    return entry


def _is_double(name: str, given: Any) -> bool:
    return name == "dtype" and np.dtype(given) in (np.dtype(float), np.dtype(complex))


def _asked(recorder: Recorder, operands: tuple[Any, ...]) -> list[Any]:
    """The arguments as NumPy may have them."""
    return [recorder.number(recorder.array(x) if isinstance(x, list) and _is_nest(x) else x) for x in operands]


def _is_nest(x: Any) -> bool:
    """Whether a list holds anything but the subscripts of one operand."""
    return not all(type(entry) is int or entry is Ellipsis for entry in x)


def _parsed(recorder: Recorder, operands: tuple[Any, ...]) -> tuple[list[Term], Term | None, list[Any]]:
    """The terms of the inputs, of the output if given, and the arrays."""
    if isinstance(operands[0], str):
        given, arrow, result = operands[0].replace(" ", "").partition("->")
        terms = [_symbols(term) for term in given.split(",")]
        return terms, _symbols(result) if arrow else None, [as_array(recorder, x) for x in operands[1:]]
    pairs = len(operands) // 2
    terms = [list(operands[2 * k + 1]) for k in range(pairs)]
    last = list(operands[-1]) if len(operands) % 2 else None
    return terms, last, [as_array(recorder, operands[2 * k]) for k in range(pairs)]


def _symbols(term: str) -> Term:
    out: Term = []
    for piece in term.replace("...", ".").strip():
        out.append(Ellipsis if piece == "." else piece)
    return out


def _spelled(terms: list[Term], result: Term | None, ndims: list[int]) -> tuple[list[str], str]:
    """The terms as words in which every axis has a letter, and the word of the result."""
    dots = [ndim - (len(term) - 1) if Ellipsis in term else 0 for term, ndim in zip(terms, ndims, strict=True)]
    most = max(dots, default=0)
    symbols = list(dict.fromkeys(symbol for term in terms for symbol in term if symbol is not Ellipsis))
    if len(symbols) + most > len(_LETTERS):
        raise refusal("numpy.einsum with so many subscripts")
    names = {symbol: _LETTERS[most + k] for k, symbol in enumerate(symbols)}
    spare = _LETTERS[:most]
    words = [
        "".join(spare[most - count :] if symbol is Ellipsis else names[symbol] for symbol in term)
        for term, count in zip(terms, dots, strict=True)
    ]
    if result is not None:
        return words, "".join(spare if symbol is Ellipsis else names[symbol] for symbol in result)
    every = [symbol for term in terms for symbol in term if symbol is not Ellipsis]
    return words, spare + "".join(names[symbol] for symbol in sorted(symbols) if every.count(symbol) == 1)


def _stretched(x: Any, word: str, sizes: dict[str, int]) -> Any:
    """Axes of length 1 repeated where the same letter is longer elsewhere."""
    shape = tuple(sizes[letter] for letter in word)
    return x if np.shape(x) == shape else np.broadcast_to(x, shape)


def _multiplied(recorder: Recorder, arrays: list[Any], words: list[str], last: str) -> Any:
    left, current = _reduced(arrays[0], words[0], set("".join(words[1:])) | set(last))
    for position in range(1, len(arrays)):
        later = set("".join(words[position + 1 :])) | set(last)
        right, other = _reduced(arrays[position], words[position], later | set(left))
        left, current = _reduced(current, left, later | set(right))
        kept = "".join(dict.fromkeys(letter for letter in left + right if letter in later))
        kept = last if position == len(arrays) - 1 and set(kept) == set(last) else kept
        plain = np.einsum(f"{left},{right}->{kept}", recorder.number(current), recorder.number(other))
        if recorder.active(current) or recorder.active(other):
            current = contracted(recorder, f"{left},{right}->{kept}", current, other, solid(plain))
        else:
            current = recorder.wrap(solid(plain), -1)
        left = kept
    return current if left == last else np.transpose(current, [left.index(letter) for letter in last])


def _reduced(x: Any, term: str, wanted: set[str]) -> tuple[str, Any]:
    """Take diagonals for repeated letters and sum over letters nobody else wants."""
    for letter in dict.fromkeys(term):
        while term.count(letter) > 1:
            first = term.index(letter)
            second = term.index(letter, first + 1)
            x = np.diagonal(x, axis1=first, axis2=second)
            term = term[:first] + term[first + 1 : second] + term[second + 1 :] + letter
    gone = tuple(k for k, letter in enumerate(term) if letter not in wanted)
    if gone:
        x = np.sum(x, axis=gone)
        term = "".join(letter for letter in term if letter in wanted)
    return term, x
