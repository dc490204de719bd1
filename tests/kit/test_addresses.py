"""Addresses and static files are looked up once per process, and read as Django gives them."""

import re
import uuid

import pytest
from django.http import HttpResponse
from django.template import engines
from django.template.loader_tags import BlockNode, ExtendsNode
from django.urls import NoReverseMatch, Resolver404, get_resolver, path, re_path, reverse

from preau.kit.pages import addresses
from preau.kit.pages.addresses import address, room_table
from preau.kit.pages.inherited import OnceExtendsNode, WordsBlockNode
from preau.kit.templatetags import kit
from tests.house.source import templates
from tests.house.test_pages import routes


def drawn(source, **context):
    return engines["django"].from_string(source).render(context)


def test_every_address_of_ids_is_the_one_django_gives():
    checked = 0
    for route, name, _ in routes():
        keywords = re.findall(r"<\w+:(\w+)>", route)
        if len(keywords) != route.count("<uuid:") or route.count("<") > len(keywords):
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


def test_a_path_is_looked_for_in_the_tables_that_may_hold_it(monkeypatch):
    table = room_table(([path("plan/<uuid:one>/", HttpResponse), path("sante", HttpResponse, name="health")], "room"))
    assert table.resolve("sante").view_name == "room:health"
    assert table.resolve(f"plan/{uuid.uuid4()}/").route == "plan/<uuid:one>/"
    monkeypatch.setattr(table, "url_patterns", None)
    for elsewhere in ("classe/", "plans/", "", "SANTE"):
        with pytest.raises(Resolver404):
            table.resolve(elsewhere)


def test_a_path_of_ids_is_tried_with_the_routes_of_its_form_alone():
    one, found = uuid.uuid4(), []
    routes = {"classe/<uuid:one>/vie/": "life", "classe/<uuid:one>/mots/": "mots", "ecole/<slug:name>/": "school"}
    named = [path(route, HttpResponse, name=name) for route, name in routes.items()]
    table = room_table(([*named, path("ecole/<uuid:one>/", HttpResponse, name="after")], "room"))
    for given in (f"classe/{one}/vie/", f"classe/{one}/mots/", "ecole/tilleuls/", f"ecole/{one}/"):
        found.append(table.resolve(given))
    assert [match.url_name for match in found] == ["life", "mots", "school", "school"]  # in the order of the table
    assert found[0].kwargs == {"one": one} and len(found[1].tried) == 1
    for elsewhere in ("classe/*/vie/", f"classe/{one}", f"classe/{one}/vie/{one}/", f"classe/{str(one).upper()}/vie/"):
        with pytest.raises(Resolver404):
            table.resolve(elsewhere)


def test_a_table_with_an_expression_is_always_searched():
    table = room_table(([re_path(r"^(?:plan|classe)/$", HttpResponse), path("sante", HttpResponse)], "room"))
    assert table.resolve("classe/").route == "^(?:plan|classe)/$"


def test_the_tables_of_the_rooms_find_every_address_that_they_name():
    """As Django's own do, which search all of them."""
    for route, name, _ in routes():
        if "<" not in route and not route.startswith("^"):
            assert get_resolver().resolve("/" + route.lstrip("/")).view_name == name


def test_blocks_are_drawn_as_django_draws_them(monkeypatch):
    """Words, nothing, a variable, what the parent holds, in a page that extends a page."""
    page = engines["django"].from_string(
        "{% extends 'kit/form_page.html' %}{% block title %}Mots{% endblock %}{% block place %}{{ block.super }}"
        "{% endblock %}{% block main_class %}{{ block.super }} {{ title }}{% endblock %}"
        "{% block footer %}{% endblock %}"
    )
    ours = page.render({"title": "<b>"})
    assert "stack stack-5 &lt;b&gt;" in ours and '"conseil"' in ours and "<title>Mots</title>" in ours
    monkeypatch.setattr(WordsBlockNode, "render", BlockNode.render)
    monkeypatch.setattr(OnceExtendsNode, "render", ExtendsNode.render)
    assert page.render({"title": "<b>"}) == ours


def test_a_static_file_is_looked_up_once(monkeypatch):
    first = drawn("{% static 'kit/preau.css' %}")
    monkeypatch.setattr(kit, "static", None)
    assert drawn("{% static 'kit/preau.css' %}") == first == "/static/kit/preau.css"


def test_no_template_brings_back_the_tag_that_looks_up_each_time():
    assert [name for name, (_, text) in templates().items() if "{% load static" in text] == []
