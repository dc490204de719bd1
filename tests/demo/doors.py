"""What an address, a command or a task reaches, read in the source: which functions, and which arguments they get."""

import ast
from functools import cache

from tests.house.source import modules, part_of, room_of

DOORS = {"views", "urls", "tasks", "management"}
FORMS = {"forms", "base_forms", "naming"}


@cache
def nodes():
    """{(module, name): its syntax} of every function, class and constant at the top of a module but the demo's; ""
    names what a module does when it is imported."""
    found = {}
    for dotted, (_, tree) in modules().items():
        if room_of(dotted) == "demo":
            continue
        rest = []
        for statement in tree.body:
            if isinstance(statement, ast.FunctionDef | ast.ClassDef):
                found[dotted, statement.name] = statement
            elif isinstance(statement, ast.Assign | ast.AnnAssign):
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                found |= {(dotted, each.id): statement for each in targets if isinstance(each, ast.Name)}
            else:
                rest.append(statement)
        found[dotted, ""] = ast.Module(rest, [])
    return found


@cache
def imported(dotted):
    """{name used in a module: (module, name) it comes from}, imports inside functions too."""
    found = {}
    for node in ast.walk(modules()[dotted][1]):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("preau"):
            base = node.module.removeprefix("preau").removeprefix(".")
            found |= {each.asname or each.name: (base, each.name) for each in node.names}
    return found


@cache
def origin(module, name):
    """Where a name is defined: a key of `nodes`, « (module, "") » for a whole module, or None."""
    for whole in (f"{module}.{name}", f"{module}.{name}.__init__", f"{name}" if not module else ""):
        if whole in modules():
            return whole, ""
    for dotted in (module, f"{module}.__init__"):
        if (dotted, name) in nodes():
            return dotted, name
        if dotted in modules() and name in imported(dotted):
            return origin(*imported(dotted)[name])
    return None


def resolve(module, node):
    """The key that a name or a dotted name stands for in a module, or None."""
    if isinstance(node, ast.Name):
        return origin(module, node.id)
    if isinstance(node, ast.Attribute) and (base := resolve(module, node.value)) and base[1] == "":
        return origin(base[0].removesuffix(".__init__"), node.attr)
    return None


@cache
def syntax(key):
    """Every node of it."""
    return tuple(ast.walk(nodes()[key]))


@cache
def references(key):
    """Keys that the syntax of `key` names."""
    found = {resolve(key[0], node) for node in syntax(key) if isinstance(node, ast.Name | ast.Attribute)}
    return {each for each in found if each and each[1] and each != key}


@cache
def reached():
    """Every key that a door leads to."""
    doors = [key for key in nodes() if room_of(key[0]) == "web" or part_of(key[0]) in DOORS]
    found, waiting = set(doors), list(doors)
    while waiting:
        new = references(waiting.pop()) - found
        found |= new
        waiting += new
    return found


@cache
def callers():
    """{key: those reached that name it}"""
    found = {}
    for key in reached():
        for used in references(key):
            found.setdefault(used, set()).add(key)
    return found


@cache
def names_given(key):
    """Names that a caller may give to what it does not call by itself: the fields of its forms, and every name written
    in it and in what it uses of its own module."""
    found, seen = set(), {key}
    for current in (waiting := [key]):  # a piece of a view works on the forms of the views that call it
        if current[1].startswith("_"):
            waiting += {each for each in callers().get(current, ()) if each[0] == current[0]} - seen
            seen |= set(waiting)
    while waiting:
        current = waiting.pop()
        for node in syntax(current):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
            elif isinstance(node, ast.keyword) and node.arg:
                found.add(node.arg)
        near = {each for each in references(current) if _is_near(each, key)}
        waiting += near - seen
        seen |= near
    return found


def _is_near(one, other):
    is_view = part_of(one[0]) == "views" and room_of(one[0]) == room_of(other[0])
    return one[0] == other[0] or is_view or part_of(one[0]) in FORMS


def parameters(key):
    """(names of a function's parameters, the name of its `**` or None)"""
    arguments = getattr(nodes()[key], "args", None)
    if arguments is None:
        return set(), None
    return {each.arg for each in arguments.args + arguments.kwonlyargs}, arguments.kwarg and arguments.kwarg.arg


def is_given(key, name, asked=frozenset()):
    """Whether a door, by whatever road, calls the function with this argument."""
    if key in asked:
        return False
    return any(_gives(caller, key, name, asked | {key}) for caller in callers().get(key, ()))


def _gives(caller, key, name, asked):
    own, rest = parameters(caller)
    calls = [node for node in syntax(caller) if isinstance(node, ast.Call) and resolve(caller[0], node.func) == key]
    if not calls:  # handed on, with what a form gives
        return name in names_given(caller)
    for keyword in (each for call in calls for each in call.keywords):
        value = keyword.value
        if keyword.arg == name:
            is_passed_on = isinstance(value, ast.Name) and value.id in own and _is_inner(caller)
            if not is_passed_on or is_given(caller, value.id, asked):
                return True
        elif keyword.arg is None:
            is_passed_on = isinstance(value, ast.Name) and value.id == rest and _is_inner(caller)
            if is_given(caller, name, asked) if is_passed_on else name in names_given(caller):
                return True
    return False


def _is_inner(key):
    return part_of(key[0]) not in DOORS and room_of(key[0]) != "web"


def without_writer(written) -> set:
    """Of what was written (`writes.Written`), {(module, function)} that no door reaches, and {(module, function,
    argument)} of a field that no door gives: who acts (`person`) and when are given by every one of them."""
    found = set()
    for (module, function), pairs in written.acts.items():
        key = origin(module, function)
        if key not in reached():
            found.add((module, function))
            continue
        asked = written.given[module, function] & {field for _, field in pairs} - {"person"}
        found |= {(module, function, name) for name in asked if not is_given(key, name)}
    return found
