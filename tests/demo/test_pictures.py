"""The demo's drawings are pictures like any other."""

import pytest

from preau.demo.pictures import DRAWINGS
from preau.media.decoder import THUMBNAIL_BYTES
from preau.media.images import draw_again


@pytest.mark.long
@pytest.mark.parametrize("name", DRAWINGS)
def test_each_drawing_passes_the_door_of_the_pictures(name):
    draw, alt = DRAWINGS[name]
    kept = draw_again(draw(1), f"{name}.jpg")
    assert (kept.width, kept.height) == (1200, 900)
    assert len(kept.thumbnail) <= THUMBNAIL_BYTES
    assert len(alt) > 20
