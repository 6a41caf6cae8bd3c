"""Importing the user's file without a trace on anything else: no print, no exit, no mixed-up helper modules."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import importlib.machinery
import importlib.util
import linecache
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.subject.frames import called, clean, innermost, listing, shown
from gradcheck_tool.subject.quiet import quiet


@dataclass(frozen=True, slots=True)
class Loaded:
    """An imported module, what is known of its file, and the path as the user typed it."""

    module: ModuleType
    path: str  # absolute; empty for a module without a file
    typed: str

    @property
    def source(self) -> str:
        """The text of the file, empty where there is none."""
        return "".join(linecache.getlines(self.path)) if self.path else ""


_FRESH: dict[str, tuple[int, int]] = {}  # file -> (mtime, size) when we imported it
_HOMES: list[str] = []  # folders whose modules we have imported from


class _Fresh(importlib.machinery.SourceFileLoader):
    """Reads the source every time: byte code dated to whole seconds can be older than the file."""

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - the loader's own signature
        return self.source_to_code(self.get_data(self.path), self.path)


def load_file(path: Path, typed: str) -> Loaded:
    """Import a file: under its dotted name where it lies in a package, else under a name of its own.

    Raises `Complaint` (GC903) where the file does not parse, misses a module or raises.
    """
    full = path.resolve()
    stamp = (full.stat().st_mtime_ns, full.stat().st_size)
    name, home = _name(full)
    known = sys.modules.get(name)
    if known is not None and _is_file(known, full) and _FRESH.get(str(full), stamp) == stamp:
        return Loaded(known, str(full), typed)
    linecache.checkcache(str(full))
    with _blamed(typed), _at_home(home, name), quiet():
        module = importlib.import_module(name) if "." in name else _execute(full, name)
        if not _is_file(module, full):
            module = _execute(full, re.sub(r"\W", "_", str(full)))
    _FRESH[str(full)] = stamp
    return Loaded(module, str(full), typed)


def load_module(name: str) -> Loaded | None:
    """Import a module by its dotted name, the working directory first on the path; None if there is none.

    Raises `Complaint` (GC903) where the import fails.
    """
    with _blamed(name), _first(str(Path.cwd())), quiet():
        try:
            spec = importlib.util.find_spec(name)
        except ModuleNotFoundError as error:
            if error.name and (name == error.name or name.startswith(f"{error.name}.")):
                return None
            raise
        except ValueError:  # a module without a spec, such as __main__
            spec = None
        if spec is None:
            return None
        module = importlib.import_module(name)
    path = getattr(module, "__file__", None) or ""
    return Loaded(module, path, shown(path))


def _name(path: Path) -> tuple[str, str]:
    parts = [] if path.stem == "__init__" else [path.stem]
    folder = path.parent
    while (folder / "__init__.py").is_file() and folder.name.isidentifier() and folder != folder.parent:
        parts.insert(0, folder.name)
        folder = folder.parent
    if folder != path.parent and all(part.isidentifier() for part in parts):
        return ".".join(parts), str(folder)
    mark = hashlib.sha256(str(path).encode()).hexdigest()[:10]
    return re.sub(r"\W", "_", path.stem) + "_" + mark, str(path.parent)


def _is_file(module: ModuleType, path: Path) -> bool:
    return Path(getattr(module, "__file__", None) or "").resolve() == path


def _execute(path: Path, name: str) -> ModuleType:
    loader = _Fresh(name, str(path))
    spec = importlib.util.spec_from_file_location(name, str(path), loader=loader)
    if spec is None:
        raise ImportError(f"no loader for {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses and pickle look their module up here
    try:
        loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module


@contextlib.contextmanager
def _at_home(home: str, name: str) -> Iterator[None]:
    """Let imports see `home` first, and nothing of an earlier target's folder that has the same name."""
    for known in _strangers(home, name):
        sys.modules.pop(known, None)
    importlib.invalidate_caches()
    if home not in _HOMES:
        _HOMES.append(home)
    keeps, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        with _first(home):
            yield
    finally:
        sys.dont_write_bytecode = keeps
        # Last, not first: a user's statistics.py must not answer a late import of ours.
        if home not in sys.path:
            sys.path.append(home)


@contextlib.contextmanager
def _first(folder: str) -> Iterator[None]:
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):
            sys.path.remove(folder)


def _strangers(home: str, name: str) -> list[str]:
    """Modules of other targets' folders that would hide one in `home`, and stale ones in `home` itself."""
    root = Path(home)
    here = {entry.stem if entry.suffix == ".py" else entry.name for entry in root.iterdir()} - {"gradcheck_tool"}
    ours = name.partition(".")[0]
    strangers = []
    for known, module in list(sys.modules.items()):
        top = known.partition(".")[0]
        path = getattr(module, "__file__", None) if top in here else None
        if not path or not (top == ours or _owned(path)):
            continue
        if known == name or _elsewhere(path, root, known) or _changed(path):
            strangers.append(known)
    return strangers


def _owned(path: str) -> bool:
    return any(path.startswith(home + os.sep) for home in _HOMES) and "site-packages" not in path


def _elsewhere(path: str, root: Path, name: str) -> bool:
    expected = root.joinpath(*name.split("."))
    return Path(path) not in (expected.with_suffix(".py"), expected / "__init__.py")


def _changed(path: str) -> bool:
    try:
        status = Path(path).stat()
    except OSError:
        return True
    return _FRESH.setdefault(path, (status.st_mtime_ns, status.st_size)) != (status.st_mtime_ns, status.st_size)


@contextlib.contextmanager
def _blamed(typed: str) -> Iterator[None]:
    try:
        yield
    except Complaint:
        raise
    except SyntaxError as error:
        raise _unparsed(error, typed) from error
    except ImportError as error:
        raise _unimported(error, typed) from error
    except Exception as error:
        raise Complaint(
            f"{typed} raised {called(error)} while it was imported",
            code="GC903",
            kind="import-failed",
            where=innermost(error),
            remedy="run python on the file alone first: it must import without an error",
            details=listing(error),
        ) from error


def _unparsed(error: SyntaxError, typed: str) -> Complaint:
    path = shown(error.filename) if error.filename else typed
    text = clean((error.text or "").rstrip("\n"))
    lead = len(text) - len(text.lstrip())
    caret = " " * max((error.offset or 1) - 1 - lead, 0) + "^ here"
    return Complaint(
        f"{path} is not valid Python: {clean(error.msg or 'invalid syntax')}",
        code="GC903",
        kind="import-failed",
        where=f"{path}:{error.lineno}" if error.lineno else path,
        remedy="repair this line",
        details=(text.strip(), caret) if text.strip() else (),
    )


def _unimported(error: ImportError, typed: str) -> Complaint:
    missing = error.name if isinstance(error, ModuleNotFoundError) and error.name else ""
    if missing:
        sentence = f"{typed} cannot be imported: the module {clean(missing)} is not installed"
        top = missing.partition(".")[0]
        remedy = f"install {clean(top)} for {sys.executable}, the interpreter gradcheck runs on"
    else:
        sentence = f"{typed} cannot be imported: {clean(str(error))}"
        remedy = (
            "put an __init__.py into the folder, so that it is a package"
            if "relative import" in str(error)
            else f"see that it imports under {sys.executable}, the interpreter gradcheck runs on"
        )
    return Complaint(
        sentence, code="GC903", kind="import-failed", where=innermost(error), remedy=remedy, details=listing(error)
    )
