"""Every report at every width, in both alphabets: whole digits, fitting lines, the same text twice."""

import re

import hand_made_reports as made
import pytest
from rich.cells import cell_len

from gradcheck_tool.judgement.record import Finding
from gradcheck_tool.report import numbers
from gradcheck_tool.report.look import Look
from gradcheck_tool.report.order import accused, shown_entry
from gradcheck_tool.report.record import Report, Result
from gradcheck_tool.report.rows import entry_scale
from gradcheck_tool.report.terminal import render

WIDTHS = (60, 80, 100)
# What may run over the edge: commands, the user's source and the lines of an error.
FREE = re.compile(r"^  (again|branch|where) |^  +\S+\.py:\d+  | loses \d|gradcheck ")

everywhere = pytest.mark.parametrize("width", WIDTHS)
alphabets = pytest.mark.parametrize("unicode", [True, False], ids=["unicode", "ascii"])
verbosities = pytest.mark.parametrize("verbosity", [-1, 0, 1], ids=["quiet", "usual", "verbose"])
kinds = pytest.mark.parametrize("name", list(made.EVERY))


def lines_of(report, **look):
    return [text.plain for text in render(report, **look)]


def text_of(name, **look):
    return "\n".join(lines_of(Report((made.EVERY[name],)), **look))


@kinds
@everywhere
@alphabets
@verbosities
def test_no_line_is_wider_than_the_screen(name, width, unicode, verbosity):
    """Only commands, paths and the user's source run over the edge."""
    for line in lines_of(Report((made.EVERY[name],)), width=width, unicode=unicode, verbosity=verbosity):
        assert cell_len(line) <= width or FREE.search(line) or verbosity < 0, line


@everywhere
@alphabets
def test_a_list_of_targets_fits_too(width, unicode):
    """The list and the count keep to the width."""
    for line in lines_of(made.LIST, width=width, unicode=unicode):
        assert cell_len(line) <= width or FREE.search(line), line


@kinds
@everywhere
@alphabets
def test_every_promised_digit_stands_whole_in_the_report(name, width, unicode):
    """Each value, bar, gap and tolerance of the shown entry is found complete, at any width."""
    result = made.EVERY[name]
    entry = shown_entry(result, next(iter(result.findings), None))
    if entry is None or (result.verdict == "agree" and not result.findings):
        return
    words = set(re.split(r"[\s,()]+", text_of(name, width=width, unicode=unicode)))
    values = [value for method, value in entry.values.items() if method != "differences"]
    scale = entry_scale(entry, [entry.yours, *entry.values.values()], Look())
    promised = {scale.write(value) for value in [entry.yours, *values]}
    if "differences" in entry.values:
        promised |= {
            scale.write(entry.values["differences"], entry.bars["differences"]),
            numbers.bar(entry.bars["differences"]),
        }
    if result.verdict == "wrong":
        promised |= {numbers.signed(entry.yours - entry.reference), numbers.bar(entry.tolerance)}
    assert promised <= words, promised - words


@everywhere
@alphabets
def test_the_rows_after_the_worst_show_whole_numbers(width, unicode):
    """The table of further wrong entries drops a column rather than a digit."""
    words = set(text_of("ridge", width=width, unicode=unicode).split())
    for entry in accused(made.RIDGE)[1:]:
        assert {f"{entry.yours:.6f}", f"{entry.reference:.6f}", numbers.signed(entry.yours - entry.reference)} <= words


@kinds
@everywhere
@verbosities
def test_ascii_reports_are_ascii(name, width, verbosity):
    """Without the glyphs every character is below 128."""
    assert text_of(name, width=width, unicode=False, verbosity=verbosity).isascii()


@kinds
@verbosities
def test_rendering_twice_gives_the_same(name, verbosity):
    """A report is a value: the second rendering equals the first, styles included."""
    report = Report((made.EVERY[name],))
    assert render(report, verbosity=verbosity) == render(report, verbosity=verbosity)
    assert [text.spans for text in render(report)] == [text.spans for text in render(report)]


def test_a_wrong_entry_as_it_was_designed():
    """Sentence, place, stack with aligned points, keyed lines, count."""
    expected = """\
✗ wrong  waves_grad is wrong in 1 of 3 entries: df/dx[2]
  waves.py:8  GC103 missing-inner-derivative

  df/dx[2]  at x = [1.5, 0.7, 2]
    yours          0.169967   off by +5.1e-02 (+43 %), tolerance 8.5e-08
    AD             0.118977   forward = reverse
    SymPy          0.118977
    differences    0.118977   ± 6.3e-14
    complex step   declined: np.sin is not given complex numbers here
                   (waves.py:5)

  who      AD, SymPy and differences agree to 12 digits; yours is alone
  pattern  AD = yours * x[1]   (to the last bit)
  hint     the inner derivative of x[1] * x[2] is missing (waves.py:5)
  again    gradcheck waves.py:waves --at '[1.5, 0.7, 2]'

1 checked: 1 wrong"""
    assert text_of("waves") == expected


def test_a_kink_as_it_was_designed():
    """Both slopes, where yours lies, the branch, the rest."""
    expected = """\
∧ kink  lasso has no derivative at x[1] = 0; yours lies between its slopes
  lasso.py:8  GC201 kink

  df/dx[1]  at x = [0.8, 0, 1.5]
    left slope    0.100000   ± 4.8e-14
    right slope   0.700000   ± 4.6e-14
    yours         0.400000   between them: a valid choice
    AD            0.400000   forward = reverse
    picture       0.1 ├───────────●───────────┤ 0.7
                              yours, AD

  branch   lasso.py:8  return fit + 0.3 * np.sum(np.abs(x))
  rest     the other 2 entries agree to 13 digits
  hint     beside the kink:  --at '[0.8, 0.001, 1.5]'
  again    gradcheck lasso.py:lasso --at '[0.8, 0, 1.5]'

1 checked: 1 kink"""
    assert text_of("kink") == expected


def test_an_unstable_spelling_tells_the_digits_left():
    """Right formula, bad rounding: each method says what is left of its number."""
    text = text_of("unstable")
    assert "    yours         44.10804e-06   no digit left\n" in text
    assert "    exact         -8.33333e-06   certified\n" in text
    assert "  ✓ agree        bump.py:bump       unstable: 0 of 16 digits left" in lines_of(made.LIST)


def test_agreement_is_one_line():
    """Success needs no more than a sentence."""
    assert lines_of(Report((made.AGREE,))) == [f"✓ agree  {made.AGREE.reason}"]


def test_the_caret_stands_under_the_first_wrong_digit():
    """Where two leading digits agree, the first wrong one is pointed at in words as well."""
    lines = lines_of(Report((made.SMALL,)))
    row = next(place for place, line in enumerate(lines) if line.strip().startswith("yours"))
    caret = lines[row + 1]
    assert caret.strip() == "^ first wrong digit"
    column = caret.index("^")
    truth = next(line for line in lines if line.strip().startswith("AD"))
    assert lines[row][column] != truth[column]
    assert lines[row][:column].split()[-1] == truth[:column].split()[-1]


def test_the_list_counts_everything():
    """The last line names every kind of verdict, the doubts included."""
    assert lines_of(made.LIST)[-1] == (
        "8 checked: 2 wrong, 1 error, 1 cannot tell, 1 kink, 3 agree (1 unstable); 1.4 s"
    )


def test_the_list_of_targets_stands_before_the_count():
    """Worst first, agreeing ones last, one line each."""
    rows = [line.split()[1] for line in lines_of(made.LIST)[-10:-2]]
    assert rows == ["wrong", "wrong", "error", "cannot", "kink", "agree", "agree", "agree"]
    assert "  ! error        bank.py:balance    KeyError at bank.py:3" in lines_of(made.LIST)


def test_long_lists_leave_the_agreeing_targets_out():
    """Over twenty targets only the count speaks of those that agree."""
    many = [made.AGREE.__class__(**{**_fields(made.AGREE), "target": f"m{k}.py:f", "name": f"f{k}"}) for k in range(30)]
    lines = lines_of(Report((made.WAVES, *many)))
    assert not any("m3.py" in line for line in lines)
    assert "31 checked: 1 wrong, 30 agree; 0.0 s" in lines


def _fields(result):
    return {name: getattr(result, name) for name in result.__slots__}


def test_quiet_prints_one_line_per_failing_target():
    """Greppable, with place, code, entry and numbers; doubts only where they fail the run."""
    assert lines_of(made.LIST, verbosity=-1) == [
        "waves.py:8: wrong GC103 waves_grad df/dx[2] yours 0.169967 AD 0.118977 tol 8.5e-08",
        "ridge.py:13: wrong GC104 loss_grad df/dw[2] yours -0.1735210 AD 0.0264790 tol 8.7e-08",
        "bank.py:3: error GC901 balance raised KeyError at x = [100, 3]",
    ]
    assert lines_of(Report((made.AGREE, made.KINK)), verbosity=-1) == []
    assert len(lines_of(Report((made.AGREE, made.KINK), strict=True), verbosity=-1)) == 1


def test_verbose_shows_every_entry_and_every_pair():
    """The digits each method shares with the reference, and each pair of methods with each other."""
    text = text_of("waves", verbosity=1)
    for entry in made.WAVES.entries:
        assert re.search(
            rf"^  {re.escape(entry.name)} .*{re.escape(numbers.short(entry.reference))}", text, re.MULTILINE
        )
    assert "  differences      0    12    12    12     ·           36" in text
    assert "df/dx[2] = x[1]*cos(x[1]*x[2])" in text
    assert "0.16996714290024104" in text


@everywhere
def test_verbose_tables_show_every_entry_at_any_width(width):
    """Narrow screens lose the reference column, never an entry or a count."""
    text = text_of("nans", width=width, verbosity=1)
    for entry in made.NANS.entries:
        assert f"  {entry.name} " in text


def test_a_derivative_of_ours_is_judged_as_such():
    """Without a hand-written derivative AD is under test and no row is called yours."""
    assert "yours" not in text_of("automatic", verbosity=1)
    assert "AD" in text_of("automatic", verbosity=1)


def test_a_last_bit_does_not_bring_seventeen_digits():
    """Methods that agree within the tolerance are not spelled out to tell them apart."""
    entry = made.WAVES.entries[2]
    close = {**entry.values, "symbolic": entry.reference * (1 + 1e-15), "complex-step": entry.reference * (1 - 1e-15)}
    near = entry.__class__(**{**_fields(entry), "values": close})
    lines = lines_of(Report((Result(**{**_fields(made.WAVES), "entries": (near,), "methods": ()}),)))
    assert "    SymPy          0.118977" in lines


def test_a_measurement_without_a_bar_shows_no_digits():
    """Where differences know nothing they say so instead of printing a number."""
    entry = made.WAVES.entries[2]
    blind = entry.__class__(**{**_fields(entry), "bars": {**entry.bars, "differences": float("inf")}})
    lines = lines_of(Report((Result(**{**_fields(made.WAVES), "entries": (blind,)}),)))
    assert "    differences    no reliable value here" in lines


def test_forward_and_reverse_are_two_rows_where_they_differ():
    """One row says forward = reverse; beyond their bars they are told apart."""
    entry = made.WAVES.entries[2]
    apart = entry.__class__(**{**_fields(entry), "values": {**entry.values, "forward": 0.1189771}})
    text = "\n".join(lines_of(Report((Result(**{**_fields(made.WAVES), "entries": (apart,)}),))))
    assert "AD forward" in text
    assert "AD reverse" in text
    assert "forward = reverse" not in text


def test_a_matrix_shows_which_part_is_wrong():
    """A picture of the Jacobian, one mark per block, and how many more entries share the column."""
    text = text_of("matrix")
    assert "and 196 more, all in column x[0] (all with -v)" in text
    assert "    df[0]  █·················································\n" in text
    assert "  df[44]/dx[0]  at x = 50 numbers, seed 1\n" in text
    assert "    df[0]  ▪························\n" in text_of(
        "matrix", width=60
    )  # two columns a mark, one of them wrong


def test_nan_is_worse_than_any_number():
    """The entry that is nan heads the report."""
    assert [entry.name for entry in accused(made.NANS)] == ["df/dx[1]", "df/dx[2]"]


NASTY = "a[red]b[/red]\x1b[31m\x9b\x07\u202eevil\ttab :x: [bold]"


def test_user_strings_cannot_repaint_the_terminal():
    """Markup stays text; escapes, control characters and direction marks are gone; tabs are spaces."""
    nasty = Result(
        target=f"{NASTY}.py:f",
        name=NASTY,
        where=f"{NASTY}.py:3",
        verdict="error",
        reason=f"{NASTY} raised\nan error",
        again=f"gradcheck {NASTY}",
        point={NASTY: ["text", 1.0]},
        findings=(
            Finding("GC901", "your-code-raised", NASTY, NASTY, NASTY, NASTY, (("who", NASTY), ("where", NASTY))),
        ),
        details=(NASTY, f"KeyError: {NASTY}"),
    )
    for verbosity in (-1, 0, 1):
        for report in (Report((nasty,)), Report((nasty, made.WAVES))):
            text = "\n".join(lines_of(report, verbosity=verbosity, width=100))
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
            assert "a[red]b[/red][31mevil" in text
            assert ":x: [bold]" in text or verbosity < 0


def test_several_points_of_one_target_are_one_target():
    """The worst point is shown, the count says at how many it holds, targets are counted once."""
    fine = Result(**{**_fields(made.WAVES), "verdict": "agree", "findings": (), "entries": made.WAVES.entries[:1]})
    lines = lines_of(Report((fine, made.WAVES, fine)))
    assert lines[0].startswith("✗ wrong  waves_grad")
    assert "  points   wrong at 1 of 3 points; this is the one" in lines
    assert lines[-1] == "1 checked: 1 wrong"


def test_colour_repeats_what_words_say():
    """Red only on wrong and error, green on no word, and every accusing mark is a word too."""
    for name, result in made.EVERY.items():
        for text in render(Report((result,))):
            for span in text.spans:
                marked = text.plain[span.start : span.end]
                if "red" in str(span.style):
                    assert result.verdict in ("wrong", "error"), name
                if "green" in str(span.style):
                    assert marked == "✓"
