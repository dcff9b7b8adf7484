"""Mutants of a Python module: the module with one thing changed that its tests should notice."""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_OPPOSITES: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


@dataclass(frozen=True)
class Mutant:
    """A changed module: where, and from what to what."""

    line: int
    was: str
    became: str
    tree: ast.Module


def mutants_of(source: str) -> Iterator[Mutant]:
    """Yield every mutant, in the order of the source; annotations and docstrings are left alone."""
    tree = ast.parse(source)
    left_alone = set(_left_alone(tree))
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in left_alone:
            continue
        for change in _changes_of(node):
            changed = copy.deepcopy(tree)
            [target] = [one for place, one in enumerate(ast.walk(changed)) if place == number]
            was = ast.unparse(node)
            change(target)
            yield Mutant(
                getattr(node, "lineno", 0), was, ast.unparse(target), ast.fix_missing_locations(changed)
            )


def _left_alone(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        inside: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef):
            inside = [node.returns, *(argument.annotation for argument in node.args.args)]
            inside += [argument.annotation for argument in node.args.kwonlyargs]
        if isinstance(node, ast.AnnAssign):
            inside = [node.annotation]
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside = [node]
        if isinstance(node, ast.Import | ast.ImportFrom):
            inside = [node]
        for part in inside:
            yield from (id(one) for one in ast.walk(part)) if part else ()


def _changes_of(node: ast.AST) -> Iterator[Callable[[ast.AST], object]]:
    match node:
        case ast.Compare(ops=operators):
            for place, operator in enumerate(operators):
                yield lambda target, place=place, operator=operator: _put_operator(target, place, operator)
        case ast.BinOp(op=operator) | ast.BoolOp(op=operator) if type(operator) in _OPPOSITES:
            yield lambda target: setattr(target, "op", _OPPOSITES[type(target.op)]())
        case ast.UnaryOp(op=ast.Not()):
            yield lambda target: setattr(target, "operand", ast.UnaryOp(ast.Not(), target.operand))
        case ast.If() | ast.IfExp() | ast.While():
            for answer in (True, False):
                if not (isinstance(node, ast.While) and answer):
                    yield lambda target, answer=answer: setattr(target, "test", ast.Constant(answer))
        case ast.Constant(value=bool(value)):
            yield lambda target, value=value: setattr(target, "value", not value)
        case ast.Constant(value=int(value)):
            yield lambda target, value=value: setattr(target, "value", value + 1)
        case ast.Constant(value=str(value)) if value:
            yield lambda target, value=value: setattr(target, "value", f"XX{value}")
        case ast.Return(value=ast.AST() as value) if not _is_none(value):
            yield lambda target: setattr(target, "value", ast.Constant(None))
        case ast.Continue():
            yield lambda target: setattr(target, "__class__", ast.Break)


def _put_operator(target: ast.AST, place: int, operator: ast.cmpop) -> None:
    target.ops[place] = _OPPOSITES[type(operator)]()


def _is_none(value: ast.AST) -> bool:
    return isinstance(value, ast.Constant) and value.value is None
