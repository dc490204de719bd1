"""What axe finds wrong is said; a text too pale is seen the first time its colours are met, and wherever they stand."""

import pytest

from tests.browser import AXE, assert_accessible, faults_seen, open_page
from tests.contrast import LIST, faults_of_contrast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WRONG = """() => {
  document.querySelector('main').insertAdjacentHTML('beforeend', `<h1>Encore</h1><button>Oui</button><p>Bibliothèque</p>
    <table class="table-cards"><tr><td data-label="Dit">mal</td></tr></table>`);
  document.querySelector('main > p:last-of-type').style.cssText = 'width: 9px; font-size: 16px; line-break: anywhere';
  document.querySelector('td[data-label]').style.display = 'grid';
}"""
PALE = "document.querySelector('h1').style.color = '#c8c8c8'"


def read(page):
    return faults_of_contrast(page, page.evaluate(LIST))


def test_pale_words_are_seen_on_each_page_and_good_ones_read_once(browser, live_server):
    page = open_page(browser, live_server, "/entrer/")
    page.evaluate(AXE.axe_script)
    assert read(page) == []
    assert read(page) == []
    for _ in range(2):
        page.evaluate(PALE)
        (fault,) = read(page)
        assert fault.startswith("color-contrast: <h1")
    page.evaluate("document.querySelector('h1').style.color = ''")
    page.evaluate("document.querySelector('main').style.backgroundColor = '#222'")
    assert read(page)


def test_what_axe_finds_wrong_is_said_with_where_it_stands(browser, live_server):
    page = open_page(browser, live_server, "/entrer/")
    assert_accessible(page)
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"data:,\">')")
    with pytest.raises(AssertionError, match=r"image-alt \(critical\).*<img src="):
        assert_accessible(page)


def test_what_one_sees_wrong_is_told_in_one_answer(browser, live_server):
    page = open_page(browser, live_server, "/entrer/")
    assert faults_seen(page) == []
    page.evaluate(WRONG)
    told = faults_seen(page)
    for start in ("titles: 2", "too small to touch: BUTTON Oui", "cut in letters: P Bibl", "under a label: Dit: mal"):
        assert [fault for fault in told if fault.startswith(start)], told
