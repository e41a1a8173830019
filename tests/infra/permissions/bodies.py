"""What the body of one function does: what it calls, makes and hands on. Knows no door's way further than one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mypy.nodes import (
    CallExpr,
    ClassDef,
    ComparisonExpr,
    ConditionalExpr,
    Decorator,
    Expression,
    FuncDef,
    FuncItem,
    IfStmt,
    LambdaExpr,
    MemberExpr,
    NameExpr,
    Node,
    OpExpr,
    OverloadedFuncDef,
    RefExpr,
    Statement,
    StrExpr,
    SymbolNode,
    TupleExpr,
    TypeInfo,
)
from mypy.types import AnyType, CallableType, Type, UnionType, get_proper_type

if TYPE_CHECKING:
    from tests.infra.permissions.program import Program

PACKAGE = "xpressbuy"


@dataclass(frozen=True, slots=True)
class Door:
    """A function that AWS or a container starts, and what settings say there."""

    start: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class LibraryCall:
    """A call of a method that is not ours: the class that has it, its name, and who calls it."""

    owner: str
    method: str
    caller: str


@dataclass
class Body:
    """What one function does, as far as calls go."""

    name: str
    calls: set[FuncItem] = field(default_factory=set)
    makes: set[TypeInfo] = field(default_factory=set)
    hands_on: list[tuple[FuncItem, Type]] = field(default_factory=list)
    asks: list[Type] = field(default_factory=list)
    """Types of values that are called."""
    library: set[LibraryCall] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    expressions: list[CallExpr] = field(default_factory=list)


class Reader:
    """Reads one function's body. What is defined inside it and not decorated is another function's."""

    def __init__(self, program: Program, body: Body, door: Door) -> None:
        self.program = program
        self.body = body
        self.door = door
        self.to_library = False

    def read(self, node: Node) -> None:
        """Reads one piece of code and what it consists of."""
        match node:
            case FuncDef() | ClassDef():
                # They have bodies of their own, read when somebody refers to them.
                return
            case IfStmt():
                self._if(node)
            case ConditionalExpr():
                known = _known(node.cond, self.door)
                self.read(node.cond)
                self.read_all(([node.if_expr] * (known is not False)) + ([node.else_expr] * (known is not True)))
            case OpExpr() if node.op == "and" and _known(node.left, self.door) is False:
                return
            case _:
                self._read_expression(node)

    def _read_expression(self, node: Node) -> None:
        match node:
            case LambdaExpr():
                self.read(node.body)
            case Decorator():
                self.body.calls.add(node.func)
                self.read_all(node.decorators)
            case CallExpr():
                self._call_with_arguments(node)
            case NameExpr():
                self._value(node)
            case MemberExpr():
                self._value(node)
                self.read(node.expr)
            case _:
                if isinstance(node, StrExpr):
                    self.body.texts.add(node.value)
                self.read_all(_children(node))

    def read_all(self, nodes: Iterable[Node]) -> None:
        """Reads several."""
        for node in nodes:
            self.read(node)

    def _if(self, node: IfStmt) -> None:
        for condition, block in zip(node.expr, node.body, strict=True):
            known = _known(condition, self.door)
            if known is not False:
                self.read_all([condition, block])
            if known is True:
                return
        if node.else_body:
            self.read(node.else_body)

    def _call_with_arguments(self, node: CallExpr) -> None:
        self.body.expressions.append(node)
        ours = self._call(node.callee)
        asks_for_kind = isinstance(node.callee, RefExpr) and node.callee.fullname in _KIND_QUESTIONS
        before, self.to_library = self.to_library, not ours and not asks_for_kind
        self.read_all(node.args)
        self.to_library = before

    def _call(self, callee: Expression) -> bool:
        """Notes what is called. Whether arguments go to code of ours."""
        if not isinstance(callee, RefExpr):
            self.read(callee)
            self._ask(callee)
            return False
        if isinstance(callee, MemberExpr):
            # The receiver is no value that is handed on.
            before, self.to_library = self.to_library, False
            self.read(callee.expr)
            self.to_library = before
        info = _class(callee.node) or (_class_of_type(self.program.types.get(callee)))
        if info is not None and is_own(info.fullname):
            self._make(info)
            begin = info.get_method("__init__")
            return begin is None or is_own(begin.info.fullname)
        functions = list(self._functions(callee))
        self.body.calls.update(functions)
        if not functions:
            self._ask(callee)
            self._note_library(callee)
        return bool(functions)

    def _value(self, reference: RefExpr) -> None:
        """A name that is not called: a property is, a function is handed on."""
        info = _class(reference.node)
        if info is not None and is_own(info.fullname):
            if self.to_library:
                self._make(info)
            return
        for function in self._functions(reference):
            kind = self.program.types.get(reference)
            if function.is_property or self.to_library or kind is None:
                self.body.calls.add(function)
            else:
                self.body.hands_on.append((function, kind))

    def _functions(self, reference: RefExpr) -> Iterator[FuncItem]:
        if (found := function_of(reference.node)) is not None:
            # A function inside another one has no module in its name; only bodies of ours are read.
            if is_own(found.fullname) or "." not in found.fullname:
                yield found
        elif isinstance(reference, MemberExpr):
            for info in self.program.infos(reference.expr):
                yield from self.program.methods(info, reference.name)

    def _make(self, info: TypeInfo) -> None:
        self.body.makes.add(info)

    def _ask(self, callee: Expression) -> None:
        kind = get_proper_type(self.program.types.get(callee))
        parts: list[Type] = list(kind.items) if isinstance(kind, UnionType) else [kind] if kind is not None else []
        self.body.asks.extend(part for part in parts if isinstance(get_proper_type(part), CallableType))

    def _note_library(self, callee: RefExpr) -> None:
        if isinstance(callee, MemberExpr):
            kind = get_proper_type(self.program.types.get(callee.expr))
            owners = [info.fullname for info in self.program.infos(callee.expr)]
            owners += ["Any"] if isinstance(kind, AnyType) else []
            self.body.library.update(LibraryCall(owner, callee.name, self.body.name) for owner in owners)
        elif callee.fullname:
            owner, _, name = callee.fullname.rpartition(".")
            self.body.library.add(LibraryCall(owner, name, self.body.name))


def read_body(program: Program, function: FuncItem, door: Door) -> Body:
    """What a function does behind a door."""
    body = Body(function.fullname or f"a function at line {function.line}")
    reader = Reader(program, body, door)
    for argument in function.arguments:
        if argument.initializer is not None:
            reader.read(argument.initializer)
    reader.read(function.body)
    return body


_KIND_QUESTIONS = frozenset({"builtins.isinstance", "builtins.issubclass"})
"""Whoever names a class in these does not make one of it."""
_NOT_INSIDE = frozenset(
    {"node", "info", "def_var", "analyzed", "analyzed_types", "type", "unanalyzed_type", "subject_dummy", "expanded"}
)
"""Attributes of a piece of code that lead out of it, to what it refers to."""


_parts_of: dict[str, tuple[str, ...]] = {}


def _parts(kind: type[Node]) -> tuple[str, ...]:
    if kind.__name__ not in _parts_of:
        names = (name for name in dir(kind) if not name.startswith("_") and name not in _NOT_INSIDE)
        _parts_of[kind.__name__] = tuple(name for name in names if _is_data(kind, name))
    return _parts_of[kind.__name__]


def _is_data(kind: type[Node], name: str) -> bool:
    return not callable(getattr(kind, name))


def _children(node: Node) -> Iterator[Node]:
    """The pieces of which a piece of code consists. (The checker's own visitors cannot be inherited from.)"""
    for name in _parts(type(node)):
        waiting = [getattr(node, name, None)]
        while waiting:
            value = waiting.pop()
            if isinstance(value, Expression | Statement):
                yield value
            elif isinstance(value, list | tuple):
                waiting.extend(value)


def is_own(name: str) -> bool:
    """Whether a full name lies in the shop's package."""
    return name == PACKAGE or name.startswith(f"{PACKAGE}.")


def _known(condition: Expression, door: Door) -> bool | None:
    """What a condition on the settings comes to behind this door, which is no local run; None if it is open."""
    if isinstance(condition, MemberExpr) and condition.name == "is_local":
        return False
    if isinstance(condition, ComparisonExpr) and condition.operators == ["in"] and door.role:
        left, right = condition.operands
        if isinstance(left, MemberExpr) and left.name == "role" and isinstance(right, TupleExpr):
            return door.role in {item.value for item in right.items if isinstance(item, StrExpr)}
    return None


def function_of(node: SymbolNode | Node | None) -> FuncItem | None:
    if isinstance(node, Decorator):
        return node.func
    if isinstance(node, OverloadedFuncDef):
        return function_of(node.impl)
    return node if isinstance(node, FuncItem) else None


def _class(node: SymbolNode | None) -> TypeInfo | None:
    return node if isinstance(node, TypeInfo) else None


def _class_of_type(kind: Type | None) -> TypeInfo | None:
    proper = get_proper_type(kind)
    return proper.type_object() if isinstance(proper, CallableType) and proper.is_type_obj() else None
