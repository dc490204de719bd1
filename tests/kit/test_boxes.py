"""What a browser seals (kit/box.js), the server of the same base alone opens."""

import base64

import pytest

from preau.kit.seals import NotOurs, box_key, open_box
from tests.browser import new_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEAL = """async ([text, key]) => {
  const { seal } = await import('/static/kit/box.js');
  const box = await seal(new TextEncoder().encode(text), key);
  return btoa(String.fromCharCode(...new Uint8Array(await box.arrayBuffer())));
}"""


def test_the_server_opens_what_a_browser_sealed_and_nobody_else_does(browser, live_server, settings):
    page = new_page(browser, live_server)
    page.goto("/entrer/")
    said = ["Une poule rousse", base64.b64encode(box_key()).decode()]
    one, other = (base64.b64decode(page.evaluate(SEAL, said)) for _ in range(2))
    assert open_box(one) == open_box(other) == b"Une poule rousse"
    assert one != other and b"poule" not in one
    for changed in (one[:-1] + bytes([one[-1] ^ 1]), one[:10], b"", bytes(100)):
        with pytest.raises(NotOurs):
            open_box(changed)
    settings.SECRET_KEY = "another-base" * 5
    with pytest.raises(NotOurs):
        open_box(one)
