"""What can run when a door of the shop opens: functions and classes reached from it, by the type checker's own types.

The checker says what every name and attribute is, so a call of a method leads to that method and to no namesake. A
function that is handed on as a value counts as called where a value of its type is called; if it is handed to a
library, at once. What only ever errs, errs towards too much.
"""

from __future__ import annotations

import fcntl
import io
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mypy import build
from mypy.config_parser import parse_config_file
from mypy.modulefinder import BuildSource
from mypy.nodes import Expression, FuncItem, MypyFile, TypeInfo
from mypy.options import Options
from mypy.subtypes import is_subtype
from mypy.types import CallableType, Instance, Overloaded, Type, TypeType, UnionType, get_proper_type
from tests.infra.permissions.bodies import PACKAGE, Body, Door, Reader, function_of, is_own, read_body

ROOT = Path(__file__).resolve().parents[3]
ROUNDS_MAX = 1000


@dataclass(frozen=True, slots=True)
class Reached:
    """What a door can run."""

    bodies: Mapping[FuncItem, Body]
    classes: frozenset[TypeInfo]

    @property
    def names(self) -> set[str]:
        return {body.name for body in self.bodies.values()}


class Program:
    """The shop's source, type-checked once."""

    def __init__(self, modules: Sequence[str], cache: Path) -> None:
        options = Options()
        parse_config_file(options, lambda: None, str(ROOT / "pyproject.toml"), io.StringIO(), io.StringIO())
        options.export_types = options.preserve_asts = options.incremental = True
        options.cache_dir = str(cache)
        options.mypy_path = [str(ROOT / "src")]
        sources = [BuildSource(str(_file_of(name)), name, None) for name in modules]
        cache.mkdir(parents=True, exist_ok=True)
        with (cache / "lock").open("w") as lock:
            # Another test process may be at it; what it learned of libraries then helps this one.
            fcntl.flock(lock, fcntl.LOCK_EX)
            _forget(cache)
            made = build.build(sources, options)
        if made.errors:
            raise AssertionError("\n".join(made.errors))
        self.types = made.types
        self.files: dict[str, MypyFile] = {name: file for name, file in made.files.items() if is_own(name)}
        assert all(file.defs for name, file in self.files.items() if not name.endswith("__init__"))
        self.classes = [info for file in self.files.values() for info in _classes(file)]

    def function(self, name: str) -> FuncItem:
        module, _, rest = name.rpartition(".")
        found = function_of(self.files[module].names[rest].node)
        assert found is not None, name
        return found

    def methods(self, info: TypeInfo, name: str) -> Iterator[FuncItem]:
        """The method of a class, and those by which others of ours replace it or fit its protocol."""
        own = [info, *(other for other in self.classes if info in other.mro[1:])]
        if info.is_protocol:
            own += [other for other in self.classes if all(other.get(part) for part in info.protocol_members)]
        for one in own:
            symbol = one.get(name)
            found = function_of(symbol.node) if symbol else None
            if found is not None and is_own(found.fullname or found.info.fullname):
                yield found

    def infos(self, expression: Expression) -> Iterator[TypeInfo]:
        """The classes of which a value may be."""
        waiting = [self.types.get(expression)]
        while waiting:
            kind = get_proper_type(waiting.pop())
            if isinstance(kind, UnionType):
                waiting.extend(kind.items)
            elif isinstance(kind, Instance):
                yield kind.type
            elif isinstance(kind, TypeType):
                waiting.append(kind.item)
            elif isinstance(kind, CallableType) and kind.is_type_obj():
                yield kind.type_object()
            elif kind is not None and hasattr(kind, "upper_bound"):
                waiting.append(kind.upper_bound)

    def reached(self, door: Door) -> Reached:
        """Everything that the door can run."""
        # What stands in the door's own module outside of functions runs when it is loaded.
        module = Body(door.start.rpartition(".")[0])
        Reader(self, module, door).read_all(self.files[module.name].defs)
        bodies: dict[FuncItem, Body] = {}
        classes: set[TypeInfo] = set(module.makes)
        waiting = [self.function(door.start), *module.calls, *_called_by_language(classes)]
        for _ in range(ROUNDS_MAX):
            while waiting:
                function = waiting.pop()
                if function in bodies:
                    continue
                body = bodies[function] = read_body(self, function, door)
                waiting.extend(body.calls)
                waiting.extend(_called_by_language(body.makes - classes))
                classes |= body.makes
            asked = [kind for body in bodies.values() for kind in body.asks]
            handed = [pair for body in bodies.values() for pair in body.hands_on if pair[0] not in bodies]
            waiting = [function for function, kind in handed if any(_fits(kind, wanted) for wanted in asked)]
            if not waiting:
                return Reached(bodies, frozenset(classes))
        raise AssertionError("the calls do not come to an end")


def _classes(file: MypyFile) -> Iterator[TypeInfo]:
    for symbol in file.names.values():
        if isinstance(symbol.node, TypeInfo) and symbol.node.module_name == file.fullname:
            yield symbol.node


def _file_of(module: str) -> Path:
    path = ROOT / "src" / Path(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _forget(cache: Path) -> None:
    """The checker keeps types of what it has read before, but not the code: ours has to be read anew."""
    for database in cache.glob("*/*.db"):
        with sqlite3.connect(database) as connection:
            connection.execute("DELETE FROM files2 WHERE path LIKE ?", (f"{PACKAGE}/%",))


def _fits(handed: Type, wanted: Type) -> bool:
    handed = get_proper_type(handed)
    if isinstance(handed, Overloaded):
        return any(_fits(item, wanted) for item in handed.items)
    return is_subtype(handed, wanted)


def _called_by_language(classes: Iterable[TypeInfo]) -> Iterator[FuncItem]:
    """Of classes that are made: what no call names, and what a library's class calls on those made from it."""
    for info in classes:
        foreign = {name for base in info.mro if not is_own(base.fullname) for name in base.names}
        for parent in info.mro:
            if is_own(parent.fullname):
                for name, symbol in parent.names.items():
                    function = function_of(symbol.node)
                    if function is not None and (name in foreign or (name.startswith("__") and name.endswith("__"))):
                        yield function
