"""``gradcheck curve``: the error of differences against the step, drawn, tabled and explained."""

from __future__ import annotations

import math

from rich.text import Text

from gradcheck_tool.judgement.record import Curve
from gradcheck_tool.report import numbers
from gradcheck_tool.report.also import fitted
from gradcheck_tool.report.blocks import joined
from gradcheck_tool.report.canvas import LABEL_WIDTH, Canvas
from gradcheck_tool.report.keys import keyed
from gradcheck_tool.report.look import Column, Look
from gradcheck_tool.report.points import describe_point
from gradcheck_tool.report.record import Result
from gradcheck_tool.report.words import hanging, line, one_line

WIDE, NARROW = 60, 40
MOST_ROWS, FEWEST_ROWS = 18, 8
USER = "S"


def curve_lines(result: Result, look: Look) -> list[Text]:
    """The whole page of one target's curves."""
    curves = list(result.curves)
    letters = _letters(curves)
    head = [*hanging(line("curve  "), one_line(result.reason), look.width), *_place(result, look)]
    title = hanging(line("  "), f"absolute error of {one_line(curves[0].entry)} against the step h", look.width)
    exact = automatic_error(result, curves[0].entry)
    return joined(
        [
            head,
            [*title, *_drawing(curves, letters, exact, look)],
            _table(curves, letters, exact, look),
            _keys(result, look),
        ]
    )


def automatic_error(result: Result, name: str) -> float:
    """How far AD is from the reference in one entry, or its bar where they are equal; nan without AD."""
    for entry in result.entries:
        for method in ("reverse", "forward"):
            if entry.name == name and method in entry.values:
                gap = abs(entry.values[method] - entry.reference)
                return gap if gap > 0 else entry.bars.get(method, math.nan)
    return math.nan


def _letters(curves: list[Curve]) -> list[str]:
    """One capital letter per curve, its name's first that is still free."""
    taken = [USER]
    for curve in curves:
        free = [letter for letter in curve.method.upper() + "XYZ" if letter.isalpha() and letter not in taken]
        taken.append(free[0])
    return taken[1:]


def _place(result: Result, look: Look) -> list[Text]:
    point = describe_point(result)
    told = f"{result.name} at {point}" if point else result.name
    if 0 < result.confirmed < 1:
        told += f"; the reference is good to {math.floor(-math.log10(result.confirmed))} digits"
    return hanging(line(f"  {one_line(result.where)}  "), one_line(told), look.width)


def _drawing(curves: list[Curve], letters: list[str], exact: float, look: Look) -> list[Text]:
    tracks = [_points(curve.steps, curve.errors) for curve in curves]
    every = [point for track in tracks for point in track]
    if len(every) < 2:
        return [line("  too few points with an error above zero to draw")]
    canvas = _canvas(every, exact, look)
    for track, letter in zip(tracks, letters, strict=True):
        canvas.curve(track, letter.lower())
    for curve in curves:
        for x, y in _points(curve.steps, curve.floor):
            if canvas.bottom <= y <= canvas.top:
                canvas.mark(x, y, look.glyphs.none)
    if exact > 0:
        height = math.log10(exact)
        canvas.write(canvas.left, height, f"{look.glyphs.dash}AD {numbers.bar(exact)} ")
        for column in range(0, canvas.columns, 2):
            canvas.cells.setdefault((round(canvas.row(height)), column), look.glyphs.dash)
    for curve, track in zip(curves, tracks, strict=True):
        _name(canvas, curve.method, track)
    _name(canvas, "noise floor", _points(curves[0].steps, curves[0].floor)[: 2 * len(curves[0].steps) // 3])
    return [*canvas.lines(_y_labels(canvas), _markers(canvas, curves, letters)), _x_labels(canvas)]


def _points(steps: tuple[float, ...], errors: tuple[float, ...]) -> list[tuple[float, float]]:
    pairs = sorted(zip(steps, errors, strict=True))
    return [(math.log10(h), math.log10(error)) for h, error in pairs if 0 < h < math.inf and 0 < error < math.inf]


def _canvas(points: list[tuple[float, float]], exact: float, look: Look) -> Canvas:
    heights = [y for _, y in points] + ([math.log10(exact)] if exact > 0 else [])
    left, right = (min(x for x, _ in points), max(x for x, _ in points))
    bottom, top = math.floor(min(heights)), math.ceil(max(heights))
    decades = max(1, top - bottom)
    per_row = max(1, math.ceil(decades / MOST_ROWS))
    bottom = top - per_row * math.ceil(decades / per_row)
    rows = (top - bottom) // per_row + 1
    if rows < FEWEST_ROWS:
        rows = 2 * (rows - 1) + 1
    return Canvas(
        NARROW if look.narrow else WIDE,
        rows,
        math.floor(left),
        max(math.ceil(right), math.floor(left) + 1),
        bottom,
        top,
        look,
    )


def _name(canvas: Canvas, name: str, track: list[tuple[float, float]]) -> None:
    """Write a curve's name beside its right, smooth end, where there is room."""
    for x, y in reversed(track):
        for shift_x, shift_y in ((-len(name) - 3, 0), (3, 1), (3, 2), (-len(name) - 3, -1)):
            column, row = canvas.column(x) + shift_x, canvas.row(y) + shift_y
            at_x = canvas.left + column / (canvas.columns - 1) * (canvas.right - canvas.left)
            at_y = canvas.top - row / (canvas.rows - 1) * (canvas.top - canvas.bottom)
            if canvas.write(at_x, at_y, name):
                return


def _y_labels(canvas: Canvas) -> dict[int, str]:
    decades = (canvas.top - canvas.bottom) / (canvas.rows - 1)
    return {row: f"1e{canvas.top - row * decades:+03.0f}" for row in range(0, canvas.rows, 2)}


def _markers(canvas: Canvas, curves: list[Curve], letters: list[str]) -> dict[int, str]:
    wanted = [(curve.best_step, letter) for curve, letter in zip(curves, letters, strict=True)]
    wanted.extend((curve.user_step, USER) for curve in curves[:1])
    markers: dict[int, str] = {}
    for step, letter in wanted:
        if 0 < step < math.inf:
            column = round(canvas.column(math.log10(step)))
            while column in markers:
                column += 1
            if 0 <= column < canvas.columns:
                markers[column] = letter
    return markers


def _x_labels(canvas: Canvas) -> Text:
    text = " " * (LABEL_WIDTH + 2)
    every = next(
        gap for gap in (1, 2, 3, 4, 5, 10, 100) if gap * (canvas.columns - 1) / (canvas.right - canvas.left) >= 9
    )
    for decade in range(int(canvas.left), int(canvas.right) + 1, every):
        text = text.ljust(LABEL_WIDTH + 2 + round(canvas.column(decade))) + f"1e{decade:+03d}"
    return line(text)


def _table(curves: list[Curve], letters: list[str], exact: float, look: Look) -> list[Text]:
    step = curves[0].user_step
    heads = ("", "slope left", "slope right", "best step", "its error", f"{USER} {numbers.step(step)}")
    rows = [_row(curve, letter) for curve, letter in zip(curves, letters, strict=True)]
    if exact > 0:
        rows.append(("AD", "", "", "no step", numbers.bar(exact), ""))
    cells = list(zip(*rows, strict=True))
    columns = [Column("", cells[0], left=True, least=10)]
    shown = len(heads) if step > 0 else len(heads) - 1
    columns.extend(Column(heads[place], cells[place]) for place in range(1, shown))
    return fitted(columns, look, [])


def _row(curve: Curve, letter: str) -> tuple[str, str, str, str, str, str]:
    return (
        f"{letter} {curve.method}",
        _slope(curve.slope_rounding),
        _slope(curve.slope_truncation),
        _known(curve.best_step),
        _known(curve.best_error),
        _known(curve.user_error),
    )


def _known(value: float) -> str:
    return numbers.bar(value) if math.isfinite(value) else "-"


def _slope(value: float) -> str:
    return f"{value:+.2f}" if math.isfinite(value) else "-"


def _keys(result: Result, look: Look) -> list[Text]:
    orders = sorted({curve.order for curve in result.curves})
    noise = f" ({numbers.bar(result.noise)})" if result.noise > 0 else ""
    told = " and ".join(map(str, orders))
    lines = [
        *keyed("left", f"rounding: the noise of f{noise} divided by h, so slope -1", look, 7),
        *keyed("right", f"truncation: the stencil's own error, so slope = its order, {told}", look, 7),
        *keyed("best", "where the two slopes meet; single low points are luck", look, 7),
    ]
    told = next((curve.law for curve in result.curves if curve.law), "")
    if told:
        lines += keyed("law", told.removeprefix("error law: "), look, 7)
    return [*lines, *(keyed("again", result.again, look, 7) if result.again else [])]
