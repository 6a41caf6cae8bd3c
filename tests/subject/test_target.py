import sys

import pytest

from gradcheck_tool.subject import find

FILE = """
def wave(x):
    return x

def tide(x):
    return x

class Model:
    def loss(self, x):
        return x
"""


@pytest.mark.parametrize("target", ["{}", "{}:", "{}::"])
def test_a_file_without_a_function_lists_its_functions(write, complaint, target):
    """A path alone is answered with what could follow the colon."""
    found = complaint(find, target.format(write("sea.py", FILE)))
    assert "sea.py names no function" in found.sentence
    assert "sea.py:wave" in found.remedy
    assert "wave, tide, Model.loss" in found.remedy


def test_the_list_does_not_run_the_file(write, complaint):
    """The functions are read from the text."""
    found = complaint(find, write("sea.py", "raise SystemExit\ndef wave(x):\n    return x"))
    assert "wave" in found.remedy


def test_a_misspelled_function(write, complaint):
    """A misspelled name is answered with the nearest one and the list."""
    found = complaint(find, write("sea.py", FILE) + ":waev")
    assert found.sentence == "there is no waev in sea.py"
    assert found.remedy == "did you mean wave? its functions are wave, tide, Model.loss"
    assert (found.code, found.kind) == ("GC905", "bad-target")


def test_a_misspelled_method(write, complaint):
    """A misspelled method is answered with the nearest one."""
    assert "did you mean Model.loss?" in complaint(find, write("sea.py", FILE) + ":Model.los").remedy


def test_a_missing_file(write, complaint):
    """A misspelled file is answered with the nearest one in the folder."""
    write("models/sea.py", FILE)
    found = complaint(find, "models/se.py:wave")
    assert found.sentence == "models/se.py does not exist"
    assert found.remedy == "did you mean models/sea.py?"


def test_a_missing_file_unlike_any(write, complaint):
    """Where no name is near the files of the folder are listed."""
    write("models/sea.py", FILE)
    assert "sea.py" in complaint(find, "models/qqq.py:wave").remedy


def test_a_missing_folder(write, complaint):
    """A folder that does not exist is named."""
    write("sea.py", FILE)
    assert "there is no directory nowhere" in complaint(find, "nowhere/sea.py:wave").sentence


@pytest.mark.parametrize("target", ["models", "models:wave", "models/:wave"])
def test_a_directory(write, complaint, target):
    """A directory is answered with a file in it."""
    write("models/sea.py", FILE)
    found = complaint(find, target)
    assert "is a directory" in found.sentence
    assert "models/sea.py:" in found.remedy


@pytest.mark.parametrize("target", ["", "   ", ":f", "::f"])
def test_an_empty_target(complaint, target):
    """Nothing before the colon is refused with the form of a target."""
    assert "model.py:f" in complaint(find, target).remedy


def test_a_word_that_is_neither_file_nor_module(write, complaint):
    """A bare word is looked for as a module and as a file."""
    write("sea.py", FILE)
    found = complaint(find, "seaa:wave")
    assert found.sentence == "there is neither a file nor a module called seaa"
    assert found.remedy == "did you mean sea.py?"


def test_a_dotted_name_that_is_no_module(complaint):
    """A package that lacks the module, and a package that does not exist."""
    assert "no module called" in complaint(find, "scipy.nowhere:f").sentence.replace("a module", "no module")
    assert "nowhere.at.all" in complaint(find, "nowhere.at.all:f").sentence


def test_a_function_a_module_lacks(complaint):
    """A misspelled function of a package is answered with the nearest one."""
    assert "did you mean rosen?" in complaint(find, "scipy.optimize:rosenn").remedy


@pytest.mark.parametrize("name", ["notes.txt", "data.csv"])
def test_a_file_that_is_not_python(write, complaint, name):
    """A file of another kind is refused by name."""
    assert complaint(find, write(name, "a,b") + ":f").sentence == f"{name} is not a Python file"


def test_a_binary_file_named_python(write, complaint, tmp_path):
    """Binary data under a Python name is refused before it is compiled."""
    write("x.py")
    (tmp_path / "x.py").write_bytes(b"\x7fELF\0\0")
    assert "binary data" in complaint(find, "x.py:f").sentence


def test_a_notebook(write, complaint):
    """A notebook is answered with the export."""
    assert "nbconvert" in complaint(find, write("a.ipynb", "{}") + ":f").remedy


def test_what_is_no_name(write, complaint):
    """A line number or an expression after the colon is no function."""
    found = complaint(find, f"{write('sea.py', FILE)}:f(2)")
    assert "f(2)" in found.sentence


def test_a_syntax_error(write, complaint):
    """A file that does not parse is answered with its line, its text and a caret."""
    found = complaint(find, write("bad.py", "x = 1\ndef f(x):\n    return x +* 2\n") + ":f")
    assert (found.code, found.kind, found.where) == ("GC903", "import-failed", "bad.py:3")
    assert found.sentence == "bad.py is not valid Python: invalid syntax"
    assert found.details[0] == "return x +* 2"
    assert found.details[1].index("^") == found.details[0].index("*")


def test_a_syntax_error_in_a_helper(write, complaint):
    """The file that does not parse is named, not the one that imports it."""
    write("rates.py", "def (:\n")
    assert complaint(find, write("m.py", "import rates") + ":f").where == "rates.py:1"


def test_a_missing_module(write, complaint):
    """A missing import names the module and the interpreter."""
    found = complaint(find, write("m.py", "import numpy\nimport nowhere_at_all.x") + ":f")
    assert found.sentence == "m.py cannot be imported: the module nowhere_at_all is not installed"
    assert sys.executable in found.remedy
    assert (found.code, found.where) == ("GC903", "m.py:2")


def test_a_missing_name_in_a_module(write, complaint):
    """A name that a module lacks is said in Python's own words."""
    found = complaint(find, write("m.py", "from math import sinus") + ":f")
    assert "sinus" in found.sentence


def test_a_relative_import_outside_a_package(write, complaint):
    """A relative import without a package is answered with the missing __init__.py."""
    write("rates.py")
    assert "__init__.py" in complaint(find, write("m.py", "from .rates import R") + ":f").remedy


@pytest.mark.parametrize(("line", "name"), [("1 / 0", "ZeroDivisionError"), ("import sys; sys.exit(3)", "SystemExit")])
def test_a_module_that_raises(write, complaint, line, name):
    """An exception and an exit at import become a complaint, and our process stays."""
    found = complaint(find, write("m.py", f"import math\n{line}") + ":f")
    assert found.sentence == f"m.py raised {name} while it was imported"
    assert (found.code, found.where) == ("GC903", "m.py:2")
    assert found.details[0] == f"m.py:2  <module>   {line}"


def test_an_interrupt_at_import_passes(write):
    """Ctrl-C is the user's, not the module's."""
    with pytest.raises(KeyboardInterrupt):
        find(write("m.py", "raise KeyboardInterrupt") + ":f")


def test_a_failed_import_leaves_nothing(write, complaint):
    """After a failed import the path is as before and the next import starts anew."""
    before = sys.path[0]
    complaint(find, write("m.py", "1 / 0") + ":f")
    assert sys.path[0] == before
    write("m.py", "def f(x):\n    return x + 1")
    assert find("m.py:f").function(x=1.0) == 2.0
