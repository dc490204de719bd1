"""HTML attributes and texts, escaped as they are written."""

from html import escape


def attributes(given: dict) -> str:
    """As Django's own template writes those of a widget, with a loop and three conditions each."""
    kept = ((name, value) for name, value in given.items() if value is not False and value is not None)
    return "".join(f" {name}" if value is True else f' {name}="{text(value)}"' for name, value in kept)


def text(given) -> str:
    """As a template writes it: what is marked safe stays."""
    return given.__html__() if hasattr(given, "__html__") else escape(str(given))
