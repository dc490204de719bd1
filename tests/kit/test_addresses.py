"""Addresses and static files are looked up once per process, and read as Django gives them."""

import re
import uuid

import pytest
from django.template import engines
from django.urls import NoReverseMatch, reverse

from preau.kit.pages import addresses
from preau.kit.pages.addresses import address
from preau.kit.templatetags import kit
from tests.house.source import templates
from tests.house.test_pages import routes


def drawn(source, **context):
    return engines["django"].from_string(source).render(context)


def test_every_address_of_ids_is_the_one_django_gives():
    checked = 0
    for path, name, _ in routes():
        keywords = re.findall(r"<\w+:(\w+)>", path)
        if len(keywords) != path.count("<uuid:") or path.count("<") > len(keywords):
            continue
        ids = {keyword: uuid.uuid4() for keyword in keywords}
        assert address(name, **ids) == reverse(name, kwargs=ids)
        assert address(name, *ids.values()) == reverse(name, args=list(ids.values()))
        checked += 1
    assert checked > 300


def test_a_name_is_asked_of_django_once(monkeypatch):
    drawn("{% url 'today' %} {% url 'posts:post_detail' one %}", one=uuid.uuid4())
    monkeypatch.setattr(addresses, "reverse", None)
    one = uuid.uuid4()
    assert drawn("{% url 'today' %} {% url 'posts:post_detail' one %}", one=one).split()[1] == f"/publications/{one}/"


def test_what_is_not_an_id_is_checked_each_time():
    assert address("sites:school_home", "tilleuls") == reverse("sites:school_home", args=["tilleuls"])
    with pytest.raises(NoReverseMatch):
        address("posts:post_detail", "../aujourdhui")
    with pytest.raises(NoReverseMatch):
        drawn("{% url 'no-such-page' %}")
    assert drawn("{% url 'no-such-page' as page %}[{{ page }}]") == "[]"


def test_another_table_of_addresses_is_followed(settings):
    address("account_home")
    settings.ROOT_URLCONF = "tests.kit.test_addresses"
    with pytest.raises(NoReverseMatch):
        address("account_home")


urlpatterns = []


def test_a_static_file_is_looked_up_once(monkeypatch):
    first = drawn("{% static 'kit/preau.css' %}")
    monkeypatch.setattr(kit, "static", None)
    assert drawn("{% static 'kit/preau.css' %}") == first == "/static/kit/preau.css"


def test_no_template_brings_back_the_tag_that_looks_up_each_time():
    assert [name for name, (_, text) in templates().items() if "{% load static" in text] == []
