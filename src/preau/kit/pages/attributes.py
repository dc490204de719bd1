"""HTML attributes and texts, escaped as they are written."""

from html import escape

from django.utils.safestring import SafeString

KINDS = ("text", "number", "email", "password", "hidden", "date", "time", "checkbox")
INPUTS = frozenset(f"django/forms/widgets/{kind}.html" for kind in KINDS)  # templates of one `<input>`


def attributes(given: dict) -> str:
    """As Django's own template writes those of a widget, with a loop and three conditions each."""
    kept = ((name, value) for name, value in given.items() if value is not False and value is not None)
    return "".join(f" {name}" if value is True else f' {name}="{text(value)}"' for name, value in kept)


def text(given) -> str:
    """As a template writes it: what is marked safe stays."""
    return given.__html__() if hasattr(given, "__html__") else escape(str(given))


def input_of(widget: dict) -> SafeString:
    """The `<input>` of a widget, given what Django gives its template."""
    named = {"type": widget["type"], "name": widget["name"], "value": widget["value"], **widget["attrs"]}
    return SafeString(f"<input{attributes(named)}>")
