"""What people write, as HTML that can do nothing."""

import pytest
from django.template import Context, Template

from preau.kit import rich
from tests.ent.posts.xss import payloads


@pytest.mark.parametrize("text, html", [
    ("Bonjour", "<p>Bonjour</p>"),
    ("Un\n\n\n\nDeux\r\nTrois", "<p>Un</p><p>Deux<br>Trois</p>"),
    ("3 < 4 & « oui »", "<p>3 &lt; 4 &amp; « oui »</p>"),
    ("  \n ", ""),
    ("a\u0000b\u202ec", "<p>abc</p>"),
])  # fmt: skip
def test_paragraphs_and_lines(text, html):
    assert rich.from_text(text) == html


@pytest.mark.parametrize("text, address, shown", [
    ("voir https://www.exemple.fr/a.", "https://www.exemple.fr/a", "www.exemple.fr/a"),
    ("HTTPS://Exemple.fr", "https://exemple.fr", "exemple.fr"),
    ("(http://exemple.fr:8080/x?y=1&z=2)", "http://exemple.fr:8080/x?y=1&amp;z=2", "exemple.fr:8080/x?y=1&amp;z=2"),
    ("https://еxemple.fr/", "https://xn--xemple-2of.fr/", "xn--xemple-2of.fr"),
])  # fmt: skip
def test_a_link_shows_its_whole_host(text, address, shown):
    assert f'<a href="{address}" rel="noopener noreferrer nofollow">{shown}</a>' in rich.from_text(text)


@pytest.mark.parametrize("text", [
    "https://exemple.fr@ailleurs.fr/", "https://exemple.fr\\@ailleurs.fr", "javascript:top.ran=1", "ftp://exemple.fr",
    "https://", "https://exemple.fr:99999999/", "//exemple.fr", "https://[::1", "mailto:a@exemple.fr",
])  # fmt: skip
def test_an_address_that_hides_or_runs_is_text(text):
    assert "<a" not in rich.from_text(text)


def test_stored_html_is_cleaned_again_as_it_is_drawn():
    """Whatever reached the base by another way: nothing of it runs, no picture of elsewhere."""
    template = Template("{{ html|rich }}|{{ html|rich:False }}")
    stored = '<p onclick="x()">a<script>x()</script><img src="//exemple.fr/p.gif"><a href="javascript:x()">b</a></p>'
    drawn, without = template.render(Context({"html": stored})).split("|")
    assert drawn == '<p>a<a rel="noopener noreferrer nofollow">b</a></p>'
    assert without == "<p>ab</p>"


def test_no_payload_leaves_an_active_node():
    for text in payloads():
        html = rich.from_text(text)
        tags = {piece.split(">")[0].split()[0].strip("/") for piece in html.split("<")[1:]}
        assert tags <= {"p", "br", "a"}, text
        assert "javascript:" not in "".join(piece.split(">")[0] for piece in html.split("<")[1:]).lower() or all(
            address.startswith(("https://", "http://")) for address in html.split('href="')[1:]
        ), text
        assert rich.clean(html) == html  # cleaning twice changes nothing
