"""The breaks of a module: a comparison flipped, a guard dropped, `and` for `or`, a `not` dropped, a constant changed."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType

from benchmarks.mutants.trace import module_of

FLIPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Break:
    """A module with one deciding line broken; *owner* names the function it stands in, the outermost, if any."""

    path: Path
    line: int
    owner: tuple[str, ...]
    what: str
    source: str

    @property
    def module(self) -> str:
        """The dotted name the module is imported by."""
        return module_of(self.path)

    def __str__(self) -> str:
        return f"{'/'.join(self.path.parts[-3:])}:{self.line}: {self.what}"


def places(path: Path) -> list[int]:
    """Return the numbers of the nodes of *path* that can be broken."""
    nodes = enumerate(ast.walk(ast.parse(path.read_text("utf-8"))))
    return [number for number, node in nodes if _break(copy.copy(node))]


def break_at(path: Path, number: int) -> Break:
    """Return the break of the node *number* of *path*."""
    tree = ast.parse(path.read_text("utf-8"))
    node = next(node for at, node in enumerate(ast.walk(tree)) if at == number)
    line = getattr(node, "lineno", 0)
    owner = _owner(tree, line)
    return Break(path, line, owner, _break(node), ast.unparse(tree))


def _break(node: ast.AST) -> str:
    """Break *node* in place and say how; nothing where it decides nothing."""
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in FLIPS:
            before, node.ops = ast.unparse(node), [FLIPS[type(operator)]()]
            return f"{before} -> {ast.unparse(node)}"
        case ast.If(body=[ast.Return() | ast.Continue() | ast.Break()], orelse=[]):
            before, node.test = ast.unparse(node.test), ast.Constant(False)
            return f"guard dropped: if {before}"
        case ast.BoolOp():
            before = ast.unparse(node)
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            return f"{before} -> {ast.unparse(node)}"
        case ast.UnaryOp(op=ast.Not()):
            before, node.op = ast.unparse(node), ast.UAdd()
            node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
            return f"{before} -> {ast.unparse(node)}"
        case ast.Constant(value=int() as value) if not isinstance(value, bool) and value > 1:
            node.value = value + 1
            return f"{value} -> {value + 1}"
    return ""


def _owner(tree: ast.AST, line: int) -> tuple[str, ...]:
    """Return the names down to the outermost function around *line*; none where the module itself runs it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef) and node.body[0].lineno <= line <= (node.end_lineno or 0):
            return (node.name,)
        if isinstance(node, ast.ClassDef) and node.lineno <= line <= (node.end_lineno or 0):
            inner = _owner(node, line)
            return (node.name, *inner) if inner else ()
    return ()


def give(broken: Break, module: object) -> bool:
    """Put the broken code into the function of *module* it stands in, wherever that was imported; whether it could be."""
    code: CodeType | None = compile(broken.source, str(broken.path), "exec")
    found: object = module
    for name in broken.owner:
        code = (
            next((c for c in code.co_consts if isinstance(c, CodeType) and c.co_name == name), None) if code else None
        )
        found = vars(found).get(name)
    function = _unwrapped(found)
    if code is None or not isinstance(function, FunctionType) or not broken.owner:
        return False
    function.__code__ = code
    return True


def _unwrapped(found: object) -> object:
    for inner in ("fget", "__func__", "__wrapped__"):
        while (deeper := getattr(found, inner, None)) is not None:
            found = deeper
    return found
