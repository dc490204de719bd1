"""House laws 3 and 7: each address is public on purpose or ruled; no inline script, nothing from elsewhere."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.source import modules, templates

# Views of libraries, each behind our middleware: sign-in, second factor.
LIBRARY_VIEWS = ("allauth.", "django.views.static", "whitenoise.")


def routes(resolver=None, prefix="", namespace=""):
    """Every address: (path, full name, view)."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, path, inner)
        elif isinstance(entry, URLPattern):
            yield path, f"{namespace}{entry.name}" if entry.name else "", entry.callback


def test_every_address_is_public_on_purpose_or_ruled():
    wrong = [
        path
        for path, _, view in routes()
        if getattr(view, "access", None) not in {"public", "signed_in"}
        and not getattr(view, "__module__", "").startswith(LIBRARY_VIEWS)
    ]
    assert wrong == [], "mark the view @signed_in(…) or @public(…), of kit.views"


def test_every_address_has_a_name():
    assert [path for path, name, _ in routes() if not name] == []


@pytest.mark.parametrize(
    "pattern, why",
    [
        (r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)", "inline script"),
        (r"\son[a-z]+=[\"']", "inline handler"),
        (r"\sstyle=[\"']", "inline style: the content policy would drop it"),
        (r"<style", "inline style sheet"),
        (r"(?:src|srcset|poster)=[\"']\s*(?:https?:)?//", "something from another origin"),
        (r"<link[^>]+href=[\"'](?:https?:)?//", "something from another origin"),
        (r"\|\s*safe\b", "|safe"),
        (r"{%\s*autoescape off", "autoescape off"),
        (r"javascript:", "javascript: address"),
        (r"{%(?!(?:(?!{%).)*%})|{{(?!(?:(?!{{).)*}})", "a tag over two lines: it would be printed, not read"),
    ],
)
def test_templates_keep_the_content_policy(pattern, why):
    pages = {name: text for name, (_, text) in templates().items() if name.endswith((".html", ".svg"))}
    assert [name for name, text in pages.items() if re.search(pattern, text)] == [], why


def test_every_template_is_used():
    everything = "\n".join(text for _, text in templates().values()) + "\n".join(
        path.read_text() for path, _ in modules().values()
    )
    unused = []
    for name in templates():
        if name.startswith(("account/", "mfa/", "django/", "usersessions/", "allauth/")):
            continue  # named by the library that shows them
        if name not in everything:
            unused.append(name)
    assert unused == [], "no view and no template names it: take it out"


# Pages that go on by a key, not by a number: `next_url` comes from their view.
BY_KEY = {"sites/school_life.html"}


def test_every_pager_is_given_its_page():
    pages = {name: text for name, (_, text) in templates().items() if 'include "kit/_pager.html" %}' in text}
    assert set(pages) - BY_KEY == set(), "without page_of it draws nothing: later pages cannot be reached"
