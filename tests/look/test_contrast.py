"""What axe finds wrong is said; a text too pale is seen the first time its colours are met, and wherever they stand."""

import pytest

from tests.browser import AXE, assert_accessible, open_page
from tests.contrast import faults_of_contrast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PALE = "document.querySelector('h1').style.color = '#c8c8c8'"


def test_pale_words_are_seen_on_each_page_and_good_ones_read_once(browser, live_server):
    page = open_page(browser, live_server, "/entrer/")
    page.evaluate(AXE.axe_script)
    assert faults_of_contrast(page) == []
    assert faults_of_contrast(page) == []
    for _ in range(2):
        page.evaluate(PALE)
        (fault,) = faults_of_contrast(page)
        assert fault.startswith("color-contrast: <h1")
    page.evaluate("document.querySelector('h1').style.color = ''")
    page.evaluate("document.querySelector('main').style.backgroundColor = '#222'")
    assert faults_of_contrast(page)


def test_what_axe_finds_wrong_is_said_with_where_it_stands(browser, live_server):
    page = open_page(browser, live_server, "/entrer/")
    assert_accessible(page)
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"data:,\">')")
    with pytest.raises(AssertionError, match=r"image-alt \(critical\).*<img src="):
        assert_accessible(page)
