"""The documentation tells what is: its pages are regenerated, its commands run, its links followed."""

import doctest
import html
import importlib.util
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = sorted(path.name for path in (ROOT / "gradcheck_tool").iterdir() if (path / "__init__.py").exists())
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PYCON = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def script(name):
    """A module of the docs folder, which is no package."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", ROOT / "docs" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


console, generate, make_picture = script("console"), script("generate"), script("make_picture")
supported_page = script("supported_page")
PAGES = {
    str(path.relative_to(ROOT)): path for path in (*console.PAGES, *sorted((ROOT / "gradcheck_tool").rglob("*.md")))
}
README = PAGES["README.md"].read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder():
    with console.workplace() as path:
        yield path


@pytest.mark.parametrize("name", generate.PAGES)
def test_generated_pages_are_up_to_date(name):
    """Regenerated, the page is the one that is kept; else run ``python docs/generate.py``."""
    if name == "supported.md" and supported_page.versions() not in (ROOT / "docs" / name).read_text(encoding="utf-8"):
        pytest.skip("the lists of names belong to other versions of Python, NumPy and SciPy")
    assert generate.page(name) == (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if console.commands(page.read_text("utf-8"))])
def test_console_blocks_show_what_is_printed(name, folder):
    """Every command is run and prints what the page says; else run ``python docs/console.py`` and read what changed."""
    text = PAGES[name].read_text(encoding="utf-8")
    assert console.settled(console.rewritten(text, folder)) == console.settled(text)


def test_the_first_pages_have_console_blocks():
    """A page whose blocks were fenced differently would never be checked."""
    for name in ("README.md", "docs/teaching.md"):
        assert len(console.commands(PAGES[name].read_text("utf-8"))) >= 4
        assert PAGES[name].read_text("utf-8").count("\n$ ") == len(console.commands(PAGES[name].read_text("utf-8")))


def words(svg):
    """The text a picture shows, with all space taken out."""
    return re.sub(r"\s", "", html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "", svg, flags=re.DOTALL)))


def test_the_picture_shows_what_the_tool_prints():
    """The text of the picture is that of a run today; else run ``python docs/make_picture.py``."""
    kept = (ROOT / "docs" / "mismatch.svg").read_text(encoding="utf-8")
    assert words(make_picture.picture()) == words(kept)
    assert "wavesgrad" in words(kept).replace("_", "")


def test_the_picture_needs_no_network():
    """No font, script or image is fetched from anywhere: the only address is the name of the SVG language."""
    kept = (ROOT / "docs" / "mismatch.svg").read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^\"'\s)]*", kept)) == {"http://www.w3.org/2000/svg"}
    assert "url(" not in re.sub(r"url\(#[\w-]*\)", "", kept)


def test_the_picture_and_the_text_block_of_the_readme_are_the_same():
    """Whoever cannot see the picture misses nothing."""
    block = console.BLOCK.findall(README)[0].partition("\n")[2]
    assert re.sub(r"\s", "", block) in words((ROOT / "docs" / "mismatch.svg").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PAGES)
def test_relative_links_lead_somewhere(name):
    """Every file a page points to exists; addresses on the web are not followed."""
    page = PAGES[name]
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target.partition("#")[0]).exists(), target


def test_python_sessions_give_what_they_show():
    """Each prompt of the README is typed in, in one session."""
    blocks = PYCON.findall(README)
    assert blocks
    example = doctest.DocTestParser().get_doctest("".join(blocks), {}, "README.md", "README.md", 0)
    assert example.examples
    said = []
    doctest.DocTestRunner().run(example, out=said.append)
    assert said == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_invites_its_reader(room):
    """A short page in each room names only files that are there."""
    text = (ROOT / "gradcheck_tool" / room / "README.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {room}: ")
    assert len(text.splitlines()) <= 20
    for name in re.findall(r"`([\w/]+\.py)`", text):
        assert (ROOT / "gradcheck_tool" / room / name).exists() or (ROOT / "gradcheck_tool" / name).exists(), name


@pytest.mark.parametrize("name", ["docs/the-house.md", *(name for name in PAGES if "decisions/0" in name)])
def test_the_map_names_only_places_that_exist(name):
    """A path in backquotes is a path of the repository or of the package."""
    for place in re.findall(r"`([\w/]+(?:\.py|/))`", PAGES[name].read_text(encoding="utf-8")):
        assert (ROOT / place).exists() or (ROOT / "gradcheck_tool" / place).exists() or place == "check.py", place


def test_every_decision_is_listed():
    """The list of decisions and the folder are the same."""
    folder = ROOT / "docs" / "decisions"
    listed = set(LINK.findall((folder / "README.md").read_text(encoding="utf-8")))
    assert listed == {path.name for path in folder.glob("0*.md")}


def test_ci_takes_its_command_from_the_readme(tmp_path):
    """The script for fresh machines runs the line that the README tells people to run, whatever that is."""
    assert len([line for line in README.splitlines() if "-m pytest" in line]) == 1
    for folder in (".ci", "bin"):
        (tmp_path / folder).mkdir()
    (tmp_path / ".ci" / "run").write_bytes((ROOT / ".ci" / "run").read_bytes())
    (tmp_path / "bin" / "python").symlink_to("/bin/true")
    told = "python -m venv .venv && mkdir -p .venv/bin && ln -sf /bin/true .venv/bin/python && echo as told: -m pytest"
    (tmp_path / "README.md").write_text(told + "\n", encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own script
        ["bash", str(tmp_path / ".ci" / "run")],  # noqa: S607 - the shell the script is written for
        env={**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert (done.returncode, done.stdout) == (0, "as told: -m pytest\n"), done.stderr


def test_ci_script_can_be_run_and_names_no_server():
    """It is executable, and no file of the project names a package index."""
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    index = re.compile("index" + "-url|" + "pypi" + r"\.|files\.python" + "hosted", re.IGNORECASE)
    for path in (ROOT / ".ci" / "run", ROOT / "pyproject.toml", *PAGES.values()):
        assert not index.search(path.read_text(encoding="utf-8")), path
