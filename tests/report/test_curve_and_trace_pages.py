"""The pages of ``gradcheck curve`` and ``gradcheck trace``."""

import re
from dataclasses import replace

import hand_made_reports as made
import pytest
from rich.cells import cell_len

from gradcheck_tool.report.canvas import Canvas
from gradcheck_tool.report.curve_view import curve_lines
from gradcheck_tool.report.ledger_view import ledger_lines
from gradcheck_tool.report.look import Look
from gradcheck_tool.report.numbers import bar, compact

looks = pytest.mark.parametrize(
    "look", [Look(width, letters) for width in (60, 80, 100) for letters in (True, False)], ids=str
)


def page(lines):
    return "\n".join(text.plain for text in lines)


@looks
def test_a_curve_page_fits_and_has_every_number(look):
    """Slopes, best steps, their errors and the user's step stand whole at any width."""
    text = page(curve_lines(made.CURVED, look))
    assert all(cell_len(line) <= look.width or line.startswith("  again") for line in text.split("\n"))
    for curve in made.CURVED.curves:
        for number in (bar(curve.best_step), bar(curve.best_error), bar(curve.user_error)):
            assert number in text
        assert f"{curve.slope_truncation:+.2f}" in text
    assert text.isascii() or look.unicode


@looks
def test_the_markers_stand_over_their_steps(look):
    """F, C and S on the lower axis in the order of their steps."""
    axis = next(text.plain for text in curve_lines(made.CURVED, look) if re.match(r" {9}[└+]", text.plain))
    assert re.sub(r"[^FCS]", "", axis) == "FSC"
    assert axis.index("S") == 10 + round((16 - 6) / (16 - 1) * ((40 if look.narrow else 60) - 1))


def test_the_page_begins_with_the_verdict_on_the_step():
    """The sentence, the place, the point and how good the reference is."""
    assert page(curve_lines(made.CURVED, Look(100))).startswith(
        f"curve  {made.CURVED.reason}\n  logistic.py:4  l4 at x = 0.2; the reference is good to 14 digits\n\n"
    )


def test_without_a_step_of_the_users_the_table_has_no_column_for_it():
    """S appears only where --step was given."""
    plain = replace(made.CURVED, curves=tuple(replace(c, user_step=float("nan")) for c in made.CURVED.curves))
    assert "S 1e-06" in page(curve_lines(made.CURVED, Look()))
    assert "S " not in page(curve_lines(plain, Look()))


def test_a_curve_without_anything_to_draw_says_so():
    """All errors zero: no canvas, no crash."""
    flat = tuple(replace(c, errors=(0.0,) * len(c.errors), best_step=float("nan")) for c in made.CURVED.curves)
    assert "too few points" in page(curve_lines(replace(made.CURVED, curves=flat), Look()))


def test_the_canvas_puts_corners_into_corners():
    """The lowest left and the highest right point are in the outermost cells."""
    for unicode in (True, False):
        canvas = Canvas(10, 5, -4, 0, -8, 0, Look(unicode=unicode))
        canvas.curve([(-4, -8), (0, 0)], "f")
        touched = set(canvas.bits) | set(canvas.cells)
        assert {(4, 0), (0, 9)} <= touched
        assert all(0 <= row < 5 and 0 <= column < 10 for row, column in touched)


@looks
def test_a_trace_page_fits_and_has_every_value(look):
    """No rule and no value is cut; the source line stands once per table."""
    text = page(ledger_lines(made.SURVEY, look))
    lines = text.split("\n")
    assert all(cell_len(line) <= look.width for line in lines)
    tables = text.count("primal (down)")
    assert tables == (2 if look.width == 60 else 1)
    assert text.count(made.RETURN.strip()) == tables
    for row in made.SURVEY.rows:
        for part in (row.primal, row.primal_numbers, row.tangent, row.adjoint, compact(row.adjoint_value)):
            assert part in text
    assert text.isascii() or look.unicode


def test_a_trace_page_as_the_textbook_tables_it():
    """Rule above numbers, value at the right edge of its column."""
    text = page(ledger_lines(made.SURVEY, Look()))
    assert "  v1  log(x1)      0.693147  x1'/x1         0.5  v3~                          1\n      log(2)   " in text
    assert "trace  f = 11.652071, df/dx1 = 5.5, df/dx2 = 1.716338" in text
    assert "  survey.py:4  f at x1 = 2, x2 = 5; 5 operations; tangent along x1" in text


def test_rules_too_long_for_two_columns_get_a_table_each():
    """Long adjoints move to a table of their own, broken between words instead of being cut."""
    long = replace(made.SURVEY.rows[0], adjoint=" + ".join(f"v{k}~*x{k}" for k in range(9)))
    text = page(ledger_lines(replace(made.SURVEY, rows=(long, *made.SURVEY.rows[1:])), Look(60)))
    assert long.adjoint in " ".join(text.split())
    assert text.count("primal (down)") == 1
    assert all(cell_len(line) <= 60 for line in text.split("\n"))
