"""The words ``path.py:Class.method`` taken apart, and the object they name."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradcheck_tool.complaint import Complaint
from gradcheck_tool.subject.blame import blame_at
from gradcheck_tool.subject.frames import clean
from gradcheck_tool.subject.loading import Loaded, load_file, load_module
from gradcheck_tool.subject.outline import enumeration, nearest, offered
from gradcheck_tool.subject.quiet import quiet
from gradcheck_tool.subject.signature import required, signature_of

_OBJECT = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
_FORMS = "name a file and a function, such as model.py:f"


@dataclass(frozen=True, slots=True)
class Named:
    """An object and what surrounds it: `owner` is the class instance or module its neighbours live in."""

    loaded: Loaded
    path: str
    value: Any
    owner: Any


def bad_target(sentence: str, remedy: str = _FORMS, where: str = "") -> Complaint:
    """A complaint about the words of a target (GC905)."""
    return Complaint(clean(sentence), code="GC905", kind="bad-target", where=where, remedy=clean(remedy))


def split(target: str) -> tuple[str, str]:
    """``("path.py", "Class.method")``; the second is empty where no object is named."""
    if Path(target).exists():
        return target, ""
    for mark in ("::", ":"):
        source, found, name = target.rpartition(mark)
        if found and (not name.strip() or _OBJECT.fullmatch(name.strip())):
            return source, name.strip()
        if found and mark == "::":
            raise bad_target(f"{name} is not the name of a function")
    if ":" in target and not Path(target).suffix and not target.rpartition(":")[2].startswith(("\\", "/")):
        raise bad_target(f"{target.rpartition(':')[2]} is not the name of a function")
    return target, ""


def load(target: str) -> tuple[Loaded, str]:
    """Import what a target names, and give back the object's dotted name within it.

    Raises `Complaint` (GC905) for a bad target, (GC903) for a file that cannot be imported.
    """
    if not target.strip():
        raise bad_target("no target is given")
    source, name = split(target)
    if not source:
        raise bad_target(f"{target} names no file")
    path = Path(source).expanduser()
    if path.is_dir():
        raise _is_a_folder(path, source, name)
    if path.is_file():
        _must_be_python(path, source, name)
        if not name:
            raise _unnamed(source, path.read_text(encoding="utf-8", errors="replace"))
        return load_file(path, source), name
    looks_like_path = "/" in source or "\\" in source or source.endswith((".py", ".ipynb"))
    loaded = None if looks_like_path or not _OBJECT.fullmatch(source) else load_module(source)
    if loaded is None:
        raise _missing(path, source, looks_like_path)
    if not name:
        raise _unnamed(source, loaded.source)
    return loaded, name


def named(loaded: Loaded, path: str) -> Named:
    """Follow a dotted name from the module; the class of a plain method is instantiated on the way.

    Raises `Complaint` (GC905) where a part does not exist, (GC901) where the class raises.
    """
    value: Any = loaded.module
    owner: Any = value
    for part in path.split("."):
        owner = value
        if isinstance(owner, type) and _needs_instance(owner, part):
            owner = _instance(owner, part, loaded)
        try:
            value = getattr(owner, part)
        except AttributeError:
            raise _absent(path, loaded) from None
    return Named(loaded, path, value, owner)


def must_be_function(found: Named) -> None:
    """Raise `Complaint` (GC905) unless the object is a plain callable: no class, no generator, no coroutine."""
    value, path = found.value, found.path
    if isinstance(value, type):
        methods = [
            f"{path}.{name}" for name, kind in vars(value).items() if callable(kind) and not name.startswith("_")
        ]
        remedy = f"name one of its methods: {enumeration(methods)}" if methods else _choices(found.loaded)
        raise bad_target(f"{path} in {found.loaded.typed or found.loaded.module.__name__} is a class", remedy)
    if not callable(value):
        kind = type(value).__name__
        article = "an" if kind[0] in "aeiou" else "a"
        raise bad_target(f"{path} is {article} {kind}, not a function", _choices(found.loaded))
    for test, word in _UNSUITABLE:
        if test(inspect.unwrap(value)):
            raise bad_target(f"{path} is {word}", "name a function that returns a number or an array")


_UNSUITABLE = (
    (inspect.iscoroutinefunction, "a coroutine function (async def)"),
    (inspect.isgeneratorfunction, "a generator function (it yields)"),
    (inspect.isasyncgenfunction, "an asynchronous generator function"),
)


def _needs_instance(owner: type, part: str) -> bool:
    try:
        static = inspect.getattr_static(owner, part)
    except AttributeError:
        return False
    return not isinstance(static, staticmethod | classmethod | type) and (
        callable(static) or isinstance(static, property)
    )


def _instance(owner: type, part: str, loaded: Loaded) -> Any:
    needs = _needs(owner)
    if needs:
        example = owner.__name__.lower()
        raise bad_target(
            f"{owner.__name__} needs arguments ({', '.join(needs)}), so {owner.__name__}.{part} cannot be called",
            f"make one in the file, {example} = {owner.__name__}({', '.join(needs)}), and name {example}.{part}",
        )
    try:
        with quiet():
            return owner()
    except Exception as error:
        raise blame_at(error, owner.__name__, "", loaded.typed) from error


def _needs(owner: type) -> list[str]:
    """The arguments a class cannot be made without."""
    if inspect.getattr_static(owner, "__init__") is object.__init__:
        return []
    return [
        name
        for name, p in signature_of(owner).parameters.items()
        if required(p) and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
    ]


def _must_be_python(path: Path, source: str, name: str) -> None:
    tail = f":{name}" if name else ""
    if path.suffix == ".ipynb":
        remedy = f"export it first: jupyter nbconvert --to script {source}, then name {path.stem}.py{tail or ':f'}"
        raise bad_target(f"{source} is a notebook, not a Python file", remedy)
    if path.suffix not in (".py", ".pyw", ""):
        raise bad_target(f"{source} is not a Python file", _FORMS)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise bad_target(f"{source} cannot be read: {error.strerror}") from error
    if b"\0" in data:
        raise bad_target(f"{source} is not a Python file: it holds binary data", _FORMS)


def _is_a_folder(path: Path, source: str, name: str) -> Complaint:
    files = sorted(file.name for file in path.glob("*.py"))
    example = files[0] if files else "model.py"
    folder = source.rstrip("/\\")
    return bad_target(
        f"{source} is a directory", f"name a file and a function, such as {folder}/{example}:{name or 'f'}"
    )


def _missing(path: Path, source: str, looks_like_path: bool) -> Complaint:  # noqa: FBT001 - private, one caller
    if not path.parent.is_dir():
        return bad_target(f"{source} does not exist: there is no directory {path.parent}")
    files = [file.name for file in path.parent.iterdir() if file.suffix == ".py"]
    near = nearest(path.name, files) or nearest(f"{path.name}.py", files)
    remedy = f"did you mean {path.parent / near}?" if near else _FORMS
    if not near and files and looks_like_path:
        remedy = f"the Python files there are {enumeration(sorted(files))}"
    sentence = (
        f"{source} does not exist" if looks_like_path else f"there is neither a file nor a module called {source}"
    )
    return bad_target(sentence, remedy)


def _unnamed(source: str, text: str) -> Complaint:
    names = offered(text)
    if not names:
        return bad_target(f"{source} names no function, and the file defines none", f"add the function: {source}:f")
    return bad_target(
        f"{source} names no function",
        f"add one of its functions, such as {source}:{names[0]}; it has {enumeration(names)}",
    )


def _absent(path: str, loaded: Loaded) -> Complaint:
    place = loaded.typed or loaded.module.__name__
    names = offered(loaded.source) or tuple(name for name in dir(loaded.module) if not name.startswith("_"))
    near = nearest(path, names)
    remedy = f"did you mean {near}? " if near else ""
    return bad_target(f"there is no {path} in {place}", remedy + _choices(loaded))


def _choices(loaded: Loaded) -> str:
    names = offered(loaded.source)
    return f"its functions are {enumeration(names)}" if names else _FORMS
