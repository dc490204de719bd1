"""What tags write in Python is escaped as a template would: what people typed, names, the address of the page."""

import datetime
from types import SimpleNamespace

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from preau.spaces.naming import ChildTag, child_tags
from preau.web.context import Roof

TYPED, ESCAPED = """<b title="x">l'école</b>""", "&lt;b title=&quot;x&quot;&gt;l&#x27;école&lt;/b&gt;"


def drawn(source, **context):
    return engines["django"].from_string("{% load spaces posts thanks %}" + source).render(context)


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_where_and_when_something_comes(language):
    at = {"begins_at": datetime.time(9, 30), "ends_at": None, "last_on": datetime.date(2026, 12, 4)}
    for is_one_day in (True, False):
        event = SimpleNamespace(**at, is_one_day=is_one_day, where=TYPED)
        with translation.override(language):
            found = drawn("{{ event|when_and_where }}", event=event)
        assert ESCAPED in found and TYPED not in found
        assert ("<bdi" in found) is (language != "fr")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_children_that_something_concerns(language):
    with translation.override(language):
        found = drawn("{% children_row tags %}", tags=[ChildTag(TYPED, 1, "kite", child_id=1)])
    assert ESCAPED in found and TYPED not in found
    assert drawn("{% children_row tags %}", tags=[]) == ""


def test_a_child_keeps_one_object_on_a_page_about_them_alone():
    elder, younger = (SimpleNamespace(pk=pk, first_name=name) for pk, name in ((1, "Sara"), (2, "Adam")))
    both, alone = (child_tags([elder, younger], present) for present in ([1, 2], [2]))
    assert list(alone) == [2] and alone[2] == both[2]
    assert (both[1].object, both[2].object) == ("kite", "snail") and both[1].colour != both[2].colour


def test_the_address_of_the_page_that_thanks_come_back_to():
    request = RequestFactory().get("/vie/", {"x": TYPED})
    request.META["QUERY_STRING"] += "&y=<b>\"'"
    found = drawn('{% thank_at "/merci/" 1 False %}', roof=Roof(request), csrf_token="jeton")
    (value,) = [part.split('"')[0] for part in found.split('name="next" value="')[1:]]
    assert value.endswith("#merci-1") and "&amp;y=" in value and not {"<", ">", "'"} & set(value)


def test_an_address_that_holds_what_somebody_gave():
    assert drawn('{% url "account_email_confirm" given %}', given="a'b&c").endswith("/a&#x27;b&amp;c/")
