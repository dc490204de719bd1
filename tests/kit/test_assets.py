"""The sprite holds what templates name, from wheels alone."""

import os
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from PIL import Image

from preau.kit import assets
from preau.kit.management.commands import build_assets
from preau.kit.pages import mark
from preau.kit.paper import figures
from preau.kit.spoken import catalogues


def test_every_icon_named_is_in_the_sprite_and_it_stays_light(tmp_path):
    name = assets.write_sprite(tmp_path)
    text = (tmp_path / name).read_text()
    assert assets.icon_names()
    for icon in assets.icon_names():
        assert f'id="{icon}"' in text
    assert len(text) <= assets.SPRITE_LIMIT


@pytest.mark.long
def test_fonts_are_cut_down_and_keep_french_signs(tmp_path):
    from fontTools.ttLib import TTFont

    for name in assets.write_fonts(tmp_path):
        assert (tmp_path / name).stat().st_size <= 20 * 1024
        signs = TTFont(tmp_path / name).getBestCmap()
        missing = [c for c in "éèêëàâçîïôùûüÿœæÉÈÀÇŒ«»’…–—€×°₂ " if ord(c) not in signs and c != "₂"]
        assert missing == []


def test_the_mark_is_drawn_in_the_sizes_it_says_and_a_maskable_one_keeps_its_edge_empty(tmp_path):
    for name in mark.write_icons(tmp_path):
        size, _ = mark.ICONS[name]
        with Image.open(tmp_path / name) as image:
            colours = image.convert("RGB")
        assert colours.size == (size, size) and (tmp_path / name).stat().st_size <= 12 * 1024
        paper = colours.getpixel((0, 0))
        assert len(colours.getcolors(size * size)) > 2  # something is drawn
        if "mask" in name:
            tenth = size // 10
            edge = [colours.getpixel((x, y)) for x in range(0, size, 4) for y in (0, tenth, size - tenth - 1, size - 1)]
            assert set(edge) == {paper}


def lines_of(path):
    """The lines of an SVG path, each as its points."""
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.svgLib.path import parse_path

    pen, lines = RecordingPen(), []
    parse_path(path, pen)
    for act, points in pen.value:
        if act == "moveTo":
            lines.append([])
        lines[-1] += points
    return [tuple(line) for line in lines]


def test_the_mark_of_a_telephone_has_the_lines_and_colours_of_the_one_on_pages():
    drawing = ElementTree.parse(Path(mark.__file__).parents[1] / "static/kit/mark.svg").getroot()
    drawn = [
        (float(path.get("stroke-width")), path.get("fill", ""), points)
        for path in drawing
        for points in lines_of(path.get("d"))
    ]
    assert drawn == list(mark.LINES) and drawing.get("stroke") == mark.SLATE


@pytest.mark.parametrize("weight", figures.WEIGHTS)
def test_a_zero_is_a_bowl_without_a_slash(weight):
    from fontTools.pens.pointInsidePen import PointInsidePen
    from fontTools.ttLib import TTFont

    drawn = TTFont(figures.plain_font(weight)).getGlyphSet()
    for name in figures.ZEROS:
        middle = PointInsidePen(None, (drawn[name].width / 2, 334))
        drawn[name].draw(middle)
        assert not middle.getResult(), "where the slash crosses"
        edge = PointInsidePen(None, (110, 334))
        drawn[name].draw(edge)
        assert edge.getResult(), "the bowl"


@pytest.mark.long
def test_nothing_is_built_again_while_nothing_changed(tmp_path):
    with override_settings(BUILD_ROOT=tmp_path):
        assert "sprite.svg" in assets.build()
        assert assets.build(only_if_stale=True) == []
        (tmp_path / "assets.stamp").write_text("older")
        assert "sprite.svg" in assets.build(only_if_stale=True)
    assert tmp_path != settings.BUILD_ROOT


def test_a_catalogue_is_compiled_when_its_source_changed_and_only_then(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "CATALOGUES_ROOT", tmp_path)
    monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path / "made"])
    source, made = tmp_path / "pt.po", tmp_path / "made" / "pt" / "LC_MESSAGES" / "django.mo"
    source.write_text('msgid ""\nmsgstr "Language: pt\\n"\n\nmsgid "Mots"\nmsgstr "Recados"\n')
    assert catalogues.build() == ["pt"] and b"Recados" in made.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(catalogues, "_opened", None)  # a source that did not change is not read
        assert catalogues.build() == []
    before = source.stat()
    source.write_text(source.read_text().replace("Recados", "Bilhete"))
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))  # as archives unpack: same time, same size
    assert catalogues.build() == ["pt"] and b"Bilhete" in made.read_bytes()
    made.unlink()
    assert catalogues.build() == ["pt"]


@pytest.mark.parametrize(
    "made, said", [(["sprite.svg", "htmx.min.js"], "Les icônes et les polices des pages sont prêtes.\n"), ([], "")]
)
def test_the_set_up_says_a_sentence_and_no_file_name(monkeypatch, capsys, made, said):
    monkeypatch.setattr(build_assets, "build", lambda only_if_stale: made)
    call_command("build_assets", if_stale=True)
    assert capsys.readouterr().out == said
