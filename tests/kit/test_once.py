"""Tags that look up once what a template writes give what Django's own give, in each language."""

from copy import copy

import pytest
from django.conf import settings
from django.template import Context, Engine, TemplateDoesNotExist, engines
from django.templatetags.i18n import BlockTranslateNode
from django.utils import translation

from preau.kit.pages.once import OnceBlockTranslateNode
from preau.kit.templatetags.kit import shortened
from tests.house.source import templates


class Given:
    """A value of a tag, whatever its expression."""

    def __init__(self, name):
        self.name = name

    def resolve(self, context):
        return f"<b>{self.name} 100 %</b>"


def sentences():
    for path in templates():
        yield from Engine.get_default().get_template(path).nodelist.get_nodes_by_type(OnceBlockTranslateNode)


def test_each_sentence_with_values_is_the_one_django_gives():
    checked = 0
    for node in map(copy, sentences()):
        node.kept, node.extra_context = None, {name: Given(name) for name in node.extra_context}
        for code, _ in settings.LANGUAGES:
            with translation.override(code):
                context = Context()
                context.template = Engine.get_default().from_string("")
                found = node.render(context)
                assert found == BlockTranslateNode.render(node, context) and ("&lt;b&gt;" in found) == bool(
                    node.extra_context
                )
                assert node.render(context) == found
        checked += 1
    assert checked > 40


def drawn(source, **context):
    return engines["django"].from_string(source).render(context)


def test_a_sentence_that_counts_or_takes_from_the_page_is_left_to_django():
    assert drawn("{% blocktranslate %}Pour {{ name }}{% endblocktranslate %}", name="Lou") == "Pour Lou"
    counted = "{% blocktranslate count n=n %}un mot{% plural %}{{ n }} mots{% endblocktranslate %}"
    assert [drawn(counted, n=n) for n in (1, 3)] == ["un mot", "3 mots"]
    assert drawn("{% blocktranslate with n=n asvar said %}{{ n }} %{% endblocktranslate %}[{{ said }}]", n=3) == "[3 %]"


def test_a_translation_that_is_not_well_formed_is_drawn_in_french(monkeypatch):
    node = OnceBlockTranslateNode({"day": Given("day")}, [])
    node.__dict__["words"] = "le %(day)s"
    monkeypatch.setattr("preau.kit.pages.once.gettext", lambda words: "on %(dy)s")
    monkeypatch.setattr(BlockTranslateNode, "render", lambda self, context, nested: "le lundi")
    assert node.render(Context()) == "le lundi"


def test_a_piece_is_looked_up_by_its_name_and_one_that_is_not_there_is_an_error():
    page = "{% include piece with label='Ici' %}"
    assert "Ici" in drawn(page, piece="kit/_doors.html", doors=[{"url": "/", "label": "Accueil"}])
    with pytest.raises(TemplateDoesNotExist):
        drawn(page, piece="kit/_nothing.html")


def test_a_long_text_is_shortened_and_a_short_one_is_not():
    assert shortened("Bonjour", 7) == "Bonjour" and shortened("Bonjours", 7) == "Bonjou…"
    assert drawn("{{ text|shortened:4 }}", text="<br>s") == "&lt;br…"
