"""What pages of a kind begin with: maps, charts, timelines, and who is like whom."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from lod.iri import KINDS
from lod.store import Store
from lod.web.maps import HEIGHT, WIDTH, box_of, neighbours, outlines, project
from lod.web.portraits import PORTRAITS
from lod.web.portraits.sections import bars
from lod.web.portraits.times import Stretch, timeline
from lod.web.scribe import Value, in_order
from lod.web.wording import Text
from tests.test_accessibility import ENTITIES

PROGRAMME = "/doc/programme/modellprojekte-smart-cities"


def page(client: FlaskClient, path: str, language: str = "en") -> str:
    response = client.get(f"{path}?lang={language}", headers={"Accept": "text/html"})
    assert response.status_code == 200
    return response.text


def section(text: str, name: str) -> str:
    """Return the section that has a heading of a name."""
    start = rf'<section class="part[^"]*" aria-labelledby="{name}">'
    found = re.search(rf'{start}.*?(?=<section class="part|<aside class="side")', text, re.DOTALL)
    assert found, name
    return found[0]


def rows(text: str) -> dict[str, str]:
    """Return the first cell of each row of a section's table, and the second one."""
    cells = re.findall(r'<th scope="row">(.*?)</th><td[^>]*>(.*?)</td>', text)
    return {re.sub(r"<[^>]+>", "", unescape(name)).strip(): number for name, number in cells}


def test_every_state_has_an_outline() -> None:
    assert list(outlines()) == [f"{number:02}" for number in range(1, 17)]
    assert sum(map(len, outlines().values())) < 12_000  # it stands in every page with a map


def test_neighbours_are_mutual() -> None:
    assert neighbours("11") == ("12",)
    assert all(one in neighbours(other) for one in outlines() for other in neighbours(one))


@pytest.mark.parametrize(
    ("state", "latitude", "longitude"),
    [("16", 50.927, 11.586), ("09", 48.137, 11.575), ("01", 54.323, 10.135), ("05", 51.514, 7.465)],
)
def test_towns_lie_in_their_states(state: str, latitude: float, longitude: float) -> None:
    x, y = project(latitude, longitude)
    box = box_of(state)
    assert box.x < x < box.x + box.width
    assert box.y < y < box.y + box.height
    assert 0 < x < WIDTH
    assert 0 < y < HEIGHT


def test_a_municipality_lies_in_its_state(client: FlaskClient) -> None:
    text = section(page(client, "/doc/municipality/jena"), "position")
    assert text.count('class="state level-') == 16
    assert re.findall(r'class="state level-4" href="([^"?]+)', text) == ["/doc/state/thueringen"]
    assert text.count('class="point main"') == 1
    assert re.search(r'class="listed">\s*<a href="/doc/state/thueringen', text)


def test_who_is_like_a_municipality(client: FlaskClient) -> None:
    text = page(client, "/doc/municipality/jena")
    fellows = section(text, "with-modellprojekte-smart-cities-2")
    assert "Smart Cities model projects, second cohort" in fellows
    assert "/doc/municipality/paderborn" in fellows
    assert "/doc/municipality/gera" not in fellows  # of the first cohort
    assert "/doc/municipality/gera" in section(text, "same-state")
    assert "/doc/municipality/wolfsburg" in section(text, "same-size")
    assert "/doc/municipality/berlin" not in section(text, "same-size")
    assert "/doc/municipality/jena" not in fellows


def test_a_municipality_without_projects_has_a_map_alone(client: FlaskClient) -> None:
    text = page(client, "/doc/municipality/apolda")
    assert "level-4" in section(text, "position")
    assert 'id="same-state"' not in text


def test_a_programme_by_cohort_state_and_size(client: FlaskClient) -> None:
    text = page(client, PROGRAMME)
    cohorts = rows(section(text, "cohorts"))
    assert cohorts["Smart Cities model projects, first cohort (2019)"] == "13"
    assert cohorts["Smart Cities model projects, second cohort (2020)"] == "32"
    assert cohorts["Smart Cities model projects, third cohort (2021)"] == "28"
    assert list(cohorts.items())[-1] == ("without a cohort", "1")
    assert "74 projects" in section(text, "cohorts")
    assert next(iter(rows(section(text, "sizes")))) == "under 20,000"
    assert "69 places" in section(text, "sizes")
    assert "Of 74 projects, 5 are led by" in section(text, "sizes")


def test_a_programme_and_its_list_count_the_same_in_each_state(client: FlaskClient) -> None:
    states = rows(section(page(client, PROGRAMME), "states"))
    assert next(iter(states.items())) == ("North Rhine-Westphalia", "18")
    assert "add up to 78 for 74 projects" in page(client, PROGRAMME)
    text = client.get("/doc/project.html?lang=en&programme=modellprojekte-smart-cities").text
    facet = text.partition('id="facet-state"')[2].partition("<h2")[0]
    found = re.findall(r'<span[^>]*>([^<]+)</span> <span class="count">([^<]+)', facet)
    assert dict(found) == states
    assert "A project counts in each state" in facet


@pytest.mark.parametrize("name", ["cohorts", "states"])
def test_the_query_of_a_chart_gives_its_numbers(client: FlaskClient, name: str) -> None:
    text = section(page(client, PROGRAMME), name)
    address = unescape(re.findall(r'href="(/sparql[^"]+)"', text)[0])
    query = parse_qs(urlsplit(address).query)["query"][0]
    answer = client.get("/sparql", query_string={"query": query, "format": "json"})
    found = json.loads(answer.data)["results"]["bindings"]
    assert [row["projects"]["value"] for row in found] == list(rows(text).values())


def test_each_point_of_a_map_is_in_its_list(client: FlaskClient) -> None:
    text = section(page(client, PROGRAMME), "projects")
    drawn, _, listed = text.partition("</svg>")
    points = re.findall(r'class="point" href="([^"]+)"', drawn)
    assert len(points) > 60
    assert set(points) <= set(re.findall(r'href="([^"]+)"', listed))


def test_a_board_s_announced_and_known_members(client: FlaskClient) -> None:
    text = page(client, "/doc/board/kommunales-open-source-board")
    assert rows(section(text, "members")) == {"announced": "20", "known by name": "1"}
    assert "/doc/municipality/jena" in section(text, "represented")


def test_the_phases_of_a_project(client: FlaskClient) -> None:
    text = section(page(client, "/doc/project/smart-city-jena"), "phases")
    assert text.count("<rect") == 2
    assert re.findall(r'<tr id="([^"]+)"', text) == [
        "phase/strategiephase-phase-a",
        "phase/umsetzungsphase-phase-b",
    ]
    assert 'class="cite"' in text  # the timeline keeps the sources of the table that it replaces


def test_a_state_and_its_projects(client: FlaskClient) -> None:
    text = section(page(client, "/doc/state/thueringen"), "position")
    assert "/doc/municipality/jena" in text
    assert "/doc/municipality/bochum" not in text


def test_a_district_and_its_municipalities(client: FlaskClient) -> None:
    text = page(client, "/doc/district/eifelkreis-bitburg-pruem")
    assert "level-4" in section(text, "position")
    largest = rows(section(text, "largest"))
    assert len(largest) == 10
    assert largest["Bitburg"] == "16,852"
    inside = section(text, "inside")
    assert inside.count("<li>") == 50
    assert "Show all 239" in inside
    assert "Leads" in section(text, "undertakings")
    assert 'id="mentions"' not in text  # nothing is told twice


def test_what_an_organisation_does(client: FlaskClient) -> None:
    text = page(client, "/doc/organisation/zendis")
    assert "/doc/municipality/bochum" in section(text, "seat")
    undertakings = section(text, "undertakings")
    assert "/doc/board/kommunales-open-source-board" in undertakings
    assert "Initiated" in undertakings
    software = section(text, "software")
    assert re.findall(r'<tr id="([^"]+)"', software) == ["software/opencode", "software/opendesk"]
    assert software.count("<span>Operator</span>") == 2
    assert "since 2024" in software
    assert 'class="cite"' in software


def test_a_place_is_no_role(client: FlaskClient) -> None:
    text = page(client, "/doc/municipality/jena")
    assert "/doc/project/smartes-quartier-jena-lobeda" not in section(text, "undertakings")
    assert "/doc/project/smartes-quartier-jena-lobeda" in section(text, "mentions")


def test_a_person_s_roles_and_who_tells_of_them(client: FlaskClient) -> None:
    text = page(client, "/doc/person/martin-berger")
    assert "/doc/municipality/jena" in section(text, "represented")
    roles = section(text, "roles")
    assert roles.count("<tr id=") == 3
    assert roles.count("Stadt Jena, Smart City Projekt") == 3
    assert "since 3 September" in roles
    assert text.count('id="roles"') == 1


def test_a_role_and_those_beside_it(client: FlaskClient) -> None:
    text = page(client, "/doc/membership/jena-hf1-martin-berger")
    assert "/doc/municipality/jena" in section(text, "represented")
    assert "/doc/membership/civitas-connect-martin-berger" in section(text, "same-person")


def test_software_to_reuse(client: FlaskClient) -> None:
    text = page(client, "/doc/software/masterportal")
    labels = re.findall(r"<dt[^>]*>([^<]+)</dt>", section(text, "facts"))
    assert labels[:3] == ["Kind", "Licence", "Source code"]
    assert "/doc/software/umweltatlas-berlin" in section(text, "based-on-it")
    assert "/doc/software/consul-democracy" in section(text, "like-it")
    assert "/doc/software/masterportal?" not in section(text, "like-it")
    assert 'href="/questions/software-to-reuse' in section(text, "reuse")
    users = section(page(client, "/doc/software/consul-democracy"), "users")
    assert "/doc/municipality/muenchen" in users


def test_a_dataset_covers_the_country(client: FlaskClient) -> None:
    text = page(client, "/doc/dataset/gemeindeverzeichnis-gv100ad")
    covered = section(text, "covered")
    assert covered.count("state level-4") == 16
    assert "Germany" in covered
    assert "raw.githubusercontent.com" in section(text, "files")


def test_an_event_has_a_place_or_its_organiser_has(client: FlaskClient) -> None:
    session = "/doc/event/konstituierende-sitzung-kommunales-open-source-board"
    assert "Where it is" in section(page(client, session), "place")
    decision = section(page(client, "/doc/event/dortmund-open-source-first"), "place")
    assert "Where its organisers are" in decision
    assert "/doc/municipality/dortmund" in decision


def test_events_of_the_same_organisers(client: FlaskClient) -> None:
    text = page(client, "/doc/event/kgst-bericht-open-source-teil-1")
    assert "/doc/event/kgst-bericht-open-source-teil-2" in section(text, "same-organisers")


def test_a_topic_groups_what_carries_it(client: FlaskClient) -> None:
    text = page(client, "/doc/topic/open-source")
    carrying = section(text, "on-topic")
    assert re.findall(r"<h3[^>]*>(\w+) <span", carrying)[:2] == ["Organisations", "Board"]
    assert "/doc/topic/smart-city" in section(text, "beside")
    assert "/doc/topic/open-source" not in section(text, "beside")


def test_a_list_of_topics_by_use(client: FlaskClient) -> None:
    concepts = rows(section(page(client, "/doc/topic/fields-of-action"), "concepts"))
    assert list(concepts)[:2] == ["Smart city", "Open source in municipalities"]


def test_what_rests_on_a_source(client: FlaskClient) -> None:
    text = page(client, "/doc/source/jena-open-source-board")
    statements = section(text, "statements")
    assert (
        'href="/doc/board/kommunales-open-source-board?lang=en#figure/announced-members"'
        in statements
    )
    assert "Announced members: 20" in statements
    assert "Maximum members" not in statements  # which another source says
    assert 'id="resting"' not in text  # the table has all


def test_what_rests_on_a_source_of_thousands(client: FlaskClient) -> None:
    text = page(client, "/doc/source/gemeindeverzeichnis-2023-11-30")
    statements = section(text, "statements")
    assert statements.count("<tr id=") == 25
    assert "25 of 11,423 entries" in statements
    assert "Show all 10,991" in section(text, "resting")


@pytest.mark.parametrize("path", ENTITIES)
def test_no_page_asks_row_by_row(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    asked: list[str] = []

    def counted(name: str) -> Callable[..., Any]:
        method = getattr(Store, name)

        def call(store: Store, *arguments: Any) -> Any:
            asked.append(name)
            return method(store, *arguments)

        return call

    for name in ("names", "descriptions", "abouts", "query", "mentions"):
        monkeypatch.setattr(Store, name, counted(name))
    page(client, path)
    assert len(asked) < 20


def test_every_kind_has_a_portrait() -> None:
    assert {*PORTRAITS} == {*KINDS}


def test_the_map_of_the_home_page_is_a_list_too(client: FlaskClient) -> None:
    text = page(client, "/")
    figure = text[text.index('<figure class="overview"') : text.index("</figure>")]
    drawn, _, listed = figure.partition("</svg>")
    shown = set(re.findall(r'<a class="point" href="([^"]+)"', drawn))
    assert len(shown) > 60
    assert shown <= set(re.findall(r'href="([^"]+)"', listed))
    filled = re.findall(r'<a class="state level-[1-4]"[^>]*aria-label="([^"]+)"', drawn)
    told = re.findall(r"<dt><a[^>]*>([^<]+)</a>(: [^<]+)</dt>", listed)
    assert sorted(filled) == sorted(name + words for name, words in told)


def test_the_way_from_one_part_of_the_map_to_the_next(client: FlaskClient) -> None:
    text = section(page(client, "/doc/state/thueringen"), "position")
    beside = text[text.index('class="beside') :]
    assert re.findall(r"<li><a [^>]+>([^<]+)</a>", beside) == [
        *("Germany", "Bavaria", "Hesse", "Lower Saxony", "Saxony", "Saxony-Anhalt"),
    ]
    assert 'href="/?lang=en#map"' in beside


def test_what_a_state_does_itself(client: FlaskClient) -> None:
    text = page(client, "/doc/state/berlin")
    assert "/doc/software/a4-meinberlin" in section(text, "software")
    assert "<span>Operator</span>" in section(text, "software")


def test_drawings_say_what_they_are(client: FlaskClient) -> None:
    text = page(client, PROGRAMME)
    drawings = re.findall(r"<svg[^>]*>", text)
    assert len(drawings) > 20
    assert all("aria-hidden" in one or "aria-label" in one for one in drawings)
    assert "style=" not in text  # the policy of the pages would refuse it


def named(words: str) -> Value:
    return Value(Text(words))


def test_a_timeline_is_to_scale() -> None:
    found = timeline(
        "times",
        "Times",
        [
            Stretch(named("late"), "", "2022", "2023"),
            Stretch(named("early"), "", "2020", "2020"),
            Stretch(named("open"), "", "2021-07", ""),
            Stretch(named("without a year"), "", "--10", "--10"),
        ],
    )
    assert found is not None
    placed = [(one.value.text.words, one.start, one.width, one.open) for one in found.spans]
    assert placed == [("early", 0, 25, False), ("open", 37.5, 62.5, True), ("late", 50, 50, False)]
    assert [tick.year for tick in found.ticks] == [2020, 2021, 2022, 2023, 2024]


@pytest.mark.parametrize("date", ["2021", "2021-01", "2021-01-01", "2021-12-31"])
def test_a_moment_has_a_scale_of_a_year(date: str) -> None:
    found = timeline("times", "Times", [Stretch(named("start"), "", date, "")])
    assert found is not None
    assert [tick.year for tick in found.ticks] == [2021, 2022]
    assert 0 <= found.spans[0].start <= 100


def test_a_timeline_of_nothing_is_none() -> None:
    assert timeline("times", "Times", [Stretch(named("x"), "", "--10", "")]) is None


def test_bars_are_shares_of_the_longest() -> None:
    found = bars([(named("a"), 20, "20"), (named("b"), 5, "5"), (named("c"), 0, "0")])
    assert [bar.share for bar in found] == [100, 25, 0]
    assert bars([(named("nothing"), 0, "0")])[0].share == 0


def test_what_a_town_takes_part_in_is_ordered_by_name(client: FlaskClient) -> None:
    text = section(page(client, "/doc/municipality/jena", "de"), "undertakings")
    names = re.findall(r'<th scope="row">\s*<a[^>]*>([^<]+)', text)
    fields = [name.partition(" „")[0] for name in names if name.startswith("Handlungsfeld")]
    assert fields[:3] == ["Handlungsfeld 1", "Handlungsfeld 2", "Handlungsfeld 3"]
    assert names.index("Bürgerportal für Pflegeplatzangebote") < names.index(
        "Smart City Projekt Jena"
    )


def test_numbers_in_names_have_their_natural_order() -> None:
    names = ["Feld 10", "Feld 9", "Ärzte", "Feld"]
    ordered = sorted((Value(Text(name)) for name in names), key=in_order)
    assert [value.text.words for value in ordered] == ["Ärzte", "Feld", "Feld 9", "Feld 10"]
