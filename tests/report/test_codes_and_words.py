"""The table of codes, and the user's strings made safe."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import gradcheck_tool
from gradcheck_tool.complaint import Complaint
from gradcheck_tool.judgement.codes import CODES as JUDGED
from gradcheck_tool.report.codes import CODES, FAMILIES
from gradcheck_tool.report.explain import every_code, found_code, one_code
from gradcheck_tool.report.look import Look
from gradcheck_tool.report.words import clean, wrap


def test_every_code_used_anywhere_is_explained():
    """No room can report a code that ``gradcheck explain`` does not know."""
    source = "".join(path.read_text() for path in Path(gradcheck_tool.__file__).parent.rglob("*.py"))
    assert set(re.findall(r'"(GC\d{3})"', source)) <= CODES.keys()


def test_kinds_are_the_kinds_judgement_gives():
    """A code has one name in the whole house."""
    assert {code: CODES[code].kind for code in JUDGED} == {code: kind for code, (kind, _) in JUDGED.items()}


@pytest.mark.parametrize("code", list(CODES))
def test_a_code_has_a_meaning_and_a_repair_in_sentences(code):
    """Both begin with a capital and end with a full stop or a question, and fit the page."""
    row = CODES[code]
    for text in (row.meaning, row.repair):
        assert text[0].isupper() or text.startswith(("f ", "--at", "gradcheck "))
        assert text.endswith(".")
    assert row.code[:3] in FAMILIES
    assert all(line.cell_len <= 60 for line in one_code(row, Look(60)))


def test_a_code_is_found_by_number_and_by_kind():
    """gc104, GC104 and missing-term are the same page; another word is a complaint with a suggestion."""
    assert found_code("gc104") is found_code("missing-term") is CODES["GC104"]
    with pytest.raises(Complaint) as caught:
        found_code("mising-term")
    assert caught.value.remedy == "did you mean missing-term?"


def test_the_list_has_every_code():
    """Without a code the whole table is listed."""
    text = "\n".join(line.plain for line in every_code())
    assert all(f"{code}  {row.kind}" in text for code, row in CODES.items())


@given(st.text())
def test_clean_text_has_no_control_characters(text):
    """Whatever the user writes, no escape and no direction mark reaches the terminal."""
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", clean(text))


@given(st.lists(st.text("abc123.,:%", min_size=1, max_size=12), min_size=1), st.integers(20, 80))
def test_wrapping_loses_nothing_and_breaks_no_word(words, width):
    """The words are the same in the same order, and every line with more than one word fits."""
    lines = wrap(" ".join(words), width)
    assert " ".join(lines).split() == words
    assert all(cell_len(line) <= width or len(line.split()) <= 2 for line in lines)


def test_the_users_code_is_not_folded():
    """What stands between double spaces, in quotes, or before a unit stays together."""
    text = "that is the derivative of  lam / 2 * np.sum(w ** 2)  in ridge.py:10 at '[0.5, -1.25, 2]' to 43 %"
    lines = wrap(text, 30)
    assert any("lam / 2 * np.sum(w ** 2)" in line for line in lines)
    assert any("'[0.5, -1.25, 2]'" in line for line in lines)
    assert any("43 %" in line for line in lines)
