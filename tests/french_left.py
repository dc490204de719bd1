"""What a page says in French while its reader reads something else; what people typed says that it is French."""

import re
from html.parser import HTMLParser

from django.conf import settings

from preau.places.models import School
from tests import catalogues

SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-label")
SILENT = {"script", "style", "title"}  # the tab's title holds what people wrote, and no mark
VOID = {"meta", "link", "input", "br", "img", "hr", "use", "path"}
OTHER_LETTERS = {"ar", "uk"}
SAME = re.compile(r"Préau|CNIL|SMS|PDF|USB|a\.marelle|nom@exemple\.fr")  # written alike in every language


class Texts(HTMLParser):
    """What a page says, but in the parts marked as another language."""

    def __init__(self, language):
        super().__init__()
        self.language, self.open, self.found, self.page = language, [], [], {}

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "html":
            self.page = attrs
        foreign = tag in SILENT or attrs.get("lang", self.language) != self.language
        if not foreign and not any(self.open):
            self.found += [attrs[name] for name in SPOKEN if attrs.get(name)]
        if tag not in VOID:
            self.open.append(foreign)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        if data.strip() and not any(self.open):
            self.found.append(" ".join(data.split()))


def read(client, path, language):
    response = client.get(path)
    assert response.status_code == 200, path
    return texts_of(response, language)


def texts_of(response, language):
    texts = Texts(language)
    texts.feed(response.content.decode())
    return texts


def unnamed(world, texts):
    """Without the names that people typed."""
    names = {school.shown_name for school in School.objects.all()}
    names |= {text for person in world.people.values() for text in (person.first_name, person.full_name)}
    typed = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    texts.found = [typed.sub("", text) for text in texts.found]
    return texts


def french(texts, language, said_in_french):
    """What is still French: said so on the French page, or in our letters where the language has its own."""
    entries = catalogues.read(settings.CATALOGUES_ROOT / f"{language}.po")
    same = {one for (one, _), said in entries.items() if one in said}  # « parent »
    said_in_french = said_in_french - same - {"2\u00a0photos", "2 photos"}
    left = [text for text in texts if text in said_in_french and re.search("[a-zàâéèêîôûç]{2}", SAME.sub("", text))]
    if language in OTHER_LETTERS:
        left += [text for text in texts if re.search("[A-Za-zÀ-ÿ]{3}", SAME.sub("", text))]
    if language == "ar":
        left += [text for text in texts if "," in text]  # its comma is another
    return left
