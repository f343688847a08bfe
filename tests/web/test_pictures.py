"""The pictures that other sites show beside a link: drawn, read back, and named by pages."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageChops

from lod.iri import KINDS
from lod.web import create_app
from lod.web.pictures import drawing
from lod.web.pictures.colours import colours
from lod.web.pictures.drawing import HEIGHT, WIDTH, Picture, drawn
from lod.web.pictures.lettering import SANS, SERIF, SPACING, fitted, one_line, printable, width
from lod.web.theme import Theme
from tests.conftest import ROOT

HTML = {"Accept": "text/html"}
THEME = ROOT / "docs" / "theme"
LONG = "Koordinierungs- und Transferstelle Modellprojekte Smart Cities in den Ländern und im Bund"
WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"


def opened(content: bytes) -> Image.Image:
    """Read a picture back."""
    image = Image.open(BytesIO(content))
    image.load()
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    return image.convert("RGB")


def inked(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """Return the box of all that isn't paper in a part of a picture."""
    part = image.crop(box)
    paper = Image.new("RGB", part.size, image.getpixel((40, 40)))
    found = ImageChops.difference(part, paper).getbbox()
    return found and (found[0] + box[0], found[1] + box[1], found[2] + box[0], found[3] + box[1])


# What a picture shows


def test_a_resource_has_a_picture(small_client: FlaskClient) -> None:
    answer = small_client.get("/doc/municipality/jena/picture.de.png")
    assert (answer.status_code, answer.content_type) == (200, "image/png")
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" not in answer.headers.get("Vary", "")
    image = opened(answer.data)
    assert image.getpixel((600, 7)) == (0x0B, 0x5A, 0x70), "the accent of the design"
    assert inked(image, (60, 190, 760, 300)) is not None, "the name"
    assert inked(image, (800, 60, 1190, 500)) is not None, "the map"
    again = small_client.get("/doc/municipality/jena/picture.de.png")
    assert again.data == answer.data
    tag = answer.headers["ETag"]
    known = small_client.get(
        "/doc/municipality/jena/picture.de.png", headers={"If-None-Match": tag}
    )
    assert known.status_code == 304


def test_the_languages_have_their_own(small_client: FlaskClient) -> None:
    german, english = (
        small_client.get(f"/doc/board/open-source-board/picture.{one}.png").data
        for one in ("de", "en")
    )
    assert german != english
    assert small_client.get("/doc/board/open-source-board/picture.fr.png").status_code == 404
    assert small_client.get("/picture.xx.png").status_code == 404
    assert small_client.get("/doc/municipality/nowhere/picture.de.png").status_code == 404
    assert small_client.get("/doc/software/picture.de.png").status_code == 404, "there is none"
    moved = small_client.get("/doc/municipality/16053000/picture.de.png")
    assert (moved.status_code, moved.location) == (301, "/doc/municipality/jena/picture.de.png")


def test_every_page_names_a_picture_that_is_there(small_client: FlaskClient) -> None:
    entities = ("/doc/municipality/jena", "/doc/person/martin-berger", "/doc/source/article")
    for path in ("/", "/about", "/doc/topic", "/glossary", "/changes", *entities):
        page = small_client.get(f"{path}?lang=en", headers=HTML).text
        told = dict(re.findall(r'<meta property="og:([a-z:_]+)" content="([^"]*)">', page))
        assert (told["image:width"], told["image:height"]) == (str(WIDTH), str(HEIGHT))
        assert told["image:alt"]
        assert told["title"] in page.partition("<title>")[2]
        assert told["locale"] == "en_GB"
        address = told["image"].removeprefix("https://lod.example.org")
        assert address.startswith(path) or path not in entities
        opened(small_client.get(address).data)
    assert "og:image" not in small_client.get("/nothing", headers=HTML).text


def test_a_theme_has_its_colours_logo_and_template(small: Path, tmp_path: Path) -> None:
    plain, themed = (
        opened(create_app(small, theme=theme).test_client().get("/picture.de.png").data)
        for theme in (None, THEME)
    )
    assert plain.getpixel((600, 7)) == (0x0B, 0x5A, 0x70)
    assert themed.getpixel((600, 7)) == (0x8A, 0x15, 0x38)
    logos = [image.crop((72, 548, 124, 600)) for image in (plain, themed)]
    assert ImageChops.difference(*logos).getbbox() is not None
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "picture.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630">'
        '<rect width="1200" height="630" fill="#ff0000"/></svg>'
    )
    own = create_app(small, theme=tmp_path).test_client().get("/picture.de.png")
    assert opened(own.data).getcolors() == [(WIDTH * HEIGHT, (255, 0, 0))]


def test_colours_are_those_of_the_light_design() -> None:
    ours, theirs = colours(Theme()), colours(Theme(THEME))
    assert (ours["accent"], ours["paper"]) == ("#0b5a70", "#fcfbf8")
    assert (theirs["accent"], theirs["ink"]) == ("#8a1538", ours["ink"])
    assert "serif" not in ours, "not every variable is a colour"


def test_words_of_records_stay_words(small_app: Flask) -> None:
    name = '</text><rect width="1200" height="630" fill="#f00"/> & "x" \x0b\u202e'
    with small_app.test_request_context("/"):
        small_app.preprocess_request()
        image = opened(drawn(Picture(name, "Titel", "Art", "&amp; <b>"), Theme()))
    red = [color for _, color in image.getcolors(1 << 20) or [] if color == (255, 0, 0)]
    assert red == []


def test_too_many_at_once_are_told_to_come_again(small: Path) -> None:
    client = create_app(small).test_client()
    with drawing._hands, drawing._hands:
        answer = client.get("/picture.de.png", headers=HTML)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
        assert client.get("/", headers=HTML).status_code == 200
    assert client.get("/picture.de.png").status_code == 200, "a refusal isn't kept"


def test_every_kind_has_one(client: FlaskClient) -> None:
    for kind in KINDS:
        opened(client.get(f"/doc/{kind}/picture.de.png").data)


# How words fit


@pytest.mark.parametrize("words", ["Jena", LONG, WORD, f"{LONG}. " * 20, WORD * 30, "", "漢字 ☃"])
@pytest.mark.parametrize("widest", [676, 1056])
def test_names_stay_inside(words: str, widest: int) -> None:
    lines = fitted(words, SERIF, widest, 255)
    assert all(width(line, SERIF, lines.size) <= widest for line in lines.words)
    assert len(lines.words) * lines.size * SPACING <= 255
    whole = printable(words)
    shown = "".join(lines.words)
    assert shown.endswith("…") or re.sub(r"[\s-]", "", shown) == re.sub(r"[\s-]", "", whole)


def test_letters_are_made_smaller_before_words_are_broken() -> None:
    assert fitted("Jena", SERIF, 676, 255).size == 84
    title = fitted("Verwaltungsgemeinschaft Südliches Saaletal", SERIF, 676, 255)
    assert title.size < 84
    assert " ".join(title.words) == "Verwaltungsgemeinschaft Südliches Saaletal"
    assert fitted(f"{LONG}. " * 20, SERIF, 676, 255).words[-1].endswith("…")
    assert one_line(LONG, SANS, 300, 34).endswith("…")
    assert one_line("Jena", SANS, 300, 34) == "Jena"


@pytest.mark.parametrize("font", [SERIF, SANS])
def test_widths_are_those_of_the_fonts(small_app: Flask, font: str) -> None:
    """Draw letters and measure them: the table of widths belongs to these very files."""
    words = "Mühlhausen an der Straße"
    template = f"""<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630">
      <rect width="1200" height="630" fill="#fff"/>
      <text x="100" y="300" font-family="{drawing._FAMILIES[font]}" font-size="60"
        font-weight="{700 if font == SERIF else 400}">{words}</text></svg>"""
    with small_app.test_request_context("/"):
        small_app.preprocess_request()
        box = inked(opened(drawing._png(template.encode())), (0, 0, WIDTH, HEIGHT))
    assert box is not None
    assert abs((box[2] - box[0]) - width(words, font, 60)) < 15


def test_a_long_name_ends_above_the_foot(small_app: Flask) -> None:
    picture = Picture(f"{LONG} {WORD} {LONG}", "Titel", "Programm", LONG, {"16"}, [(50.9, 11.6)])
    with small_app.test_request_context("/"):
        small_app.preprocess_request()
        image = opened(drawn(picture, Theme()))
    assert inked(image, (60, 190, 800, 510)) is not None
    assert inked(image, (60, 510, 800, 520)) is None, "nothing between the words and the foot"
    assert inked(image, (752, 20, 800, 520)) is None, "nor between them and the map"
