"""The reconciliation service: a messy column, the protocol, and what clients do to it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

BASE = "https://lod.example.org/"
MESSY = {
    "Jena": "jena",
    "jena, stadt": "jena",
    "Stadt Jena": "jena",
    " JENA ": "jena",
    "Köln": "koeln",
    "Koeln": "koeln",
    "KÖLN": "koeln",
    "Koln": "koeln",
    "München, Landeshauptstadt": "muenchen",
    "Landeshauptstadt München": "muenchen",
    "Muenchen": "muenchen",
    "Frankfurt a.M.": "frankfurt-am-main",
    "Frankfurt/Main": "frankfurt-am-main",
    "Frankfurt a. Main": "frankfurt-am-main",
    "Frankfurt (Oder)": "frankfurt-oder",
    "Frankfurt/Oder": "frankfurt-oder",
    "Freiburg i. Br.": "freiburg-im-breisgau",
    "Halle/Saale": "halle-saale",
    "Halle (S.)": "halle-saale",
    "Ludwigshafen/Rhein": "ludwigshafen-am-rhein",
    "Landau i.d. Pfalz": "landau-in-der-pfalz",
    "Neustadt/Weinstr.": "neustadt-an-der-weinstrasse",
    "Neustadt a. d. Aisch": "neustadt-a-d-aisch",
    "Neustadt bei Coburg": "neustadt-b-coburg",
    "Neustadt (Hessen), Stadt": "neustadt-hessen",
    "Stadt Münster": "muenster",
    "Mühlhausen/Thür.": "muehlhausen-thueringen",
    "Osterholz Scharmbeck": "osterholz-scharmbeck",
    "Hansestadt Lübeck": "luebeck",
    "Lübeck, Hansestadt": "luebeck",
    "St. Wendel": "st-wendel",
    "Stadt Bochum": "bochum",
    "Gemeinde Barleben": "barleben",
    "Zwönitz": "zwoenitz",
    "ZWOENITZ": "zwoenitz",
    "Höxter": "hoexter",
    "16053000": "jena",
    "05911000": "bochum",
    "5911000": "bochum",
    "https://www.wikidata.org/wiki/Q3150": "jena",
}
AMBIGUOUS = ("Neustadt", "Münster", "Hof", "Frankfurt", "Halle", "Mühlhausen", "Neuenkirchen")
UNKNOWN = ("Schlumpfhausen", "???", "Paris", "zzzz", "0000", "Jenna")

ENTITY = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "description": {"type": "string"},
    },
}
CANDIDATE = {
    "type": "object",
    "required": ["id", "name", "score"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "description": {"type": "string"},
        "score": {"type": "number", "minimum": 0, "maximum": 100},
        "match": {"type": "boolean"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "value"],
                "properties": {"id": {"type": "string"}, "value": {"type": ["number", "boolean"]}},
            },
        },
        "type": {"type": "array", "items": ENTITY},
    },
}
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": CANDIDATE}},
    },
}
SUGGESTED = {
    "type": "object",
    "required": ["result"],
    "properties": {"result": {"type": "array", "items": ENTITY}},
}
WITH_ID = {"type": "string", "pattern": r"\{\{id\}\}"}
PLACE = {
    "type": "object",
    "properties": {
        "service_url": {"type": "string"},
        "service_path": {"type": "string"},
        "flyout_service_path": {"type": "string", "pattern": r"\$\{id\}"},
    },
}
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "contains": {"const": "0.2"}},
        "name": {"type": "string"},
        "identifierSpace": {"type": "string"},
        "schemaSpace": {"type": "string"},
        "documentation": {"type": "string"},
        "logo": {"type": "string"},
        "serviceVersion": {"type": "string"},
        "defaultTypes": {"type": "array", "items": ENTITY, "uniqueItems": True},
        "view": {"type": "object", "required": ["url"], "properties": {"url": WITH_ID}},
        "preview": {
            "type": "object",
            "required": ["url", "width", "height"],
            "properties": {
                "url": WITH_ID,
                "width": {"type": "integer"},
                "height": {"type": "integer"},
            },
        },
        "suggest": {
            "type": "object",
            "properties": {"entity": PLACE, "property": PLACE, "type": PLACE},
        },
        "extend": {
            "type": "object",
            "properties": {
                "propose_properties": PLACE,
                "property_settings": {
                    "type": "array",
                    "items": {"type": "object", "required": ["type", "label", "name"]},
                },
            },
        },
    },
}
CELL = {
    "oneOf": [
        {"type": "object", "additionalProperties": False},
        *(
            {
                "type": "object",
                "required": [key],
                "properties": {key: {"type": type_}},
                "additionalProperties": False,
            }
            for key, type_ in (("str", "string"), ("int", "integer"), ("float", "number"))
        ),
        {**ENTITY, "additionalProperties": False},
    ]
}
EXTENDED = {
    "type": "object",
    "required": ["meta", "rows"],
    "properties": {
        "meta": {"type": "array", "items": ENTITY},
        "rows": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": CELL},
            },
        },
    },
}
"""The schemas of the specification, in our words: reconciliation-api/specs, 0.2/schemas."""


def content(response: TestResponse) -> Any:
    """Return what a response says in JSON."""
    assert response.status_code == 200, response.text
    return json.loads(response.data)


def ask(client: FlaskClient, batch: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Post a batch, and return the candidates of each query."""
    response = client.post("/reconcile", data={"queries": json.dumps(batch)})
    assert response.status_code == 200, response.text
    Draft202012Validator(RESULTS).validate(content(response))
    return {key: answer["result"] for key, answer in content(response).items()}


def one(client: FlaskClient, words: str, **more: Any) -> list[dict[str, Any]]:
    return ask(client, {"q0": {"query": words, **more}})["q0"]


def town(client: FlaskClient, words: str, **properties: Any) -> list[dict[str, Any]]:
    given = [{"pid": pid, "v": value} for pid, value in properties.items()]
    return one(client, words, type="municipality", properties=given)


def matched(found: list[dict[str, Any]]) -> str | None:
    return next((candidate["id"] for candidate in found if candidate["match"]), None)


# A messy column


def test_a_messy_column_is_matched(client: FlaskClient) -> None:
    assert len(MESSY) == 40
    batch = {name: {"query": name, "type": "municipality"} for name in MESSY}
    found = {name: matched(result) for name, result in ask(client, batch).items()}
    assert found == {name: f"municipality/{slug}" for name, slug in MESSY.items()}


def test_most_of_it_is_matched_without_a_type(client: FlaskClient) -> None:
    found = ask(client, {name: {"query": name} for name in MESSY})
    right = [n for n, slug in MESSY.items() if matched(found[n]) == f"municipality/{slug}"]
    wrong = [n for n in MESSY if matched(found[n]) not in (None, f"municipality/{MESSY[n]}")]
    assert not wrong
    assert len(right) >= 36


@pytest.mark.parametrize("name", [*AMBIGUOUS, *UNKNOWN])
def test_what_is_ambiguous_or_unknown_stays_unmatched(client: FlaskClient, name: str) -> None:
    assert matched(town(client, name)) is None
    assert matched(one(client, name)) is None


@pytest.mark.parametrize(
    ("name", "properties", "slug"),
    [
        ("Münster", {"district": "Donau-Ries"}, "muenster-landkreis-donau-ries"),
        ("Münster", {"district": "Landkreis Donau-Ries"}, "muenster-landkreis-donau-ries"),
        ("Münster", {"district": {"id": "district/landkreis-donau-ries"}},
         "muenster-landkreis-donau-ries"),
        ("Münster", {"district": "09779"}, "muenster-landkreis-donau-ries"),
        ("Münster", {"state": "NRW"}, "muenster"),
        ("Münster", {"state": ["Nordrhein-Westfalen"]}, "muenster"),
        ("Neustadt", {"state": "Hessen"}, "neustadt-hessen"),
        ("Neustadt", {"district": "Marburg-Biedenkopf"}, "neustadt-hessen"),
        ("Hof", {"state": "Bayern"}, "hof"),
        ("Hof", {"state": "Rheinland-Pfalz"}, "hof-westerwaldkreis"),
        ("Hof", {"ags": "09464000"}, "hof"),
        ("Hof", {"ags": "9464000"}, "hof"),
        ("Neustadt", {"ars": "065340016016"}, "neustadt-hessen"),
        ("Jenna", {"wikidata": "Q3150"}, "jena"),
        ("Jena", {"population": 110000}, "jena"),
        ("Jena", {"population": "", "district": None}, "jena"),
        ("", {"ags": "16053000"}, None),
    ],
)  # fmt: skip
def test_properties_tell_namesakes_apart(
    client: FlaskClient, name: str, properties: dict[str, Any], slug: str | None
) -> None:
    found = town(client, name, **properties)
    assert matched(found) == (f"municipality/{slug}" if slug else None)
    assert found[0]["score"] > 80


def test_a_wrong_property_sinks_a_good_name(client: FlaskClient) -> None:
    (jena, *_) = town(client, "Jena", state="Bayern")
    assert jena["id"] == "municipality/jena"
    assert jena["score"] <= 60
    assert not jena["match"]
    (jena, *_) = town(client, "Weimar", ags="16053000")
    assert not jena["match"]


@pytest.mark.parametrize(
    ("name", "kinds", "reference"),
    [
        ("Landkreis Hof", None, "district/landkreis-hof"),
        ("LK Hof", None, "district/landkreis-hof"),
        ("Kreis Höxter", None, "district/kreis-hoexter"),
        ("Höxter", "district", "district/kreis-hoexter"),
        ("Höxter, Kreis", None, "district/kreis-hoexter"),
        ("Freistaat Bayern", None, "state/bayern"),
        ("16", "state", "state/thueringen"),
        ("09475", None, "district/landkreis-hof"),
        ("BMI", None, "organisation/bmi"),
        ("Bundesministerium des Innern", "organisation", "organisation/bmi"),
        ("Martin Berger", "person", "person/martin-berger"),
        (f"{BASE}id/municipality/jena", None, "municipality/jena"),
        ("municipality/jena", None, "municipality/jena"),
        ("Berlin", ["municipality"], "municipality/berlin"),
        ("Berlin", ["state"], "state/berlin"),
        ("Köln", [f"{BASE}doc/district"], "district/koeln"),
    ],
)
def test_other_kinds_are_matched(
    client: FlaskClient, name: str, kinds: Any, reference: str
) -> None:
    assert matched(one(client, name, **({"type": kinds} if kinds else {}))) == reference


# The protocol


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/"])
def test_the_manifest(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Origin": "http://127.0.0.1:3333"})
    assert response.status_code == 200
    assert response.content_type == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    Draft202012Validator(MANIFEST).validate(content(response))
    assert content(response)["identifierSpace"] == f"{BASE}id/"
    assert content(response)["view"]["url"] == f"{BASE}doc/{{{{id}}}}"
    assert client.get(path, headers={"Accept": "text/html"}).content_type == "application/json"


def test_our_schemas_find_mistakes() -> None:
    for schema, wrong in (
        (MANIFEST, {"versions": ["0.1"], "name": "", "identifierSpace": "", "schemaSpace": ""}),
        (RESULTS, {"q0": [{"id": "x", "name": "y", "score": 1}]}),
        (RESULTS, {"q0": {"result": [{"id": "x", "name": "y"}]}}),
        (SUGGESTED, [{"id": "x", "name": "y"}]),
        (EXTENDED, {"meta": [], "rows": {"x": {"ags": [{"str": 1}]}}}),
    ):
        assert not Draft202012Validator(schema).is_valid(wrong)


BATCH = {
    "q0": {
        "query": "Hans-Eberhard Urbaniak",
        "type": "DifferentiatedPerson",
        "limit": 5,
        "properties": [
            {"pid": "professionOrOccupation", "v": "Politik*"},
            {"pid": "affiliation", "v": "http://d-nb.info/gnd/2022139-3"},
        ],
        "type_strict": "should",
    },
    "q1": {"query": "Ernst Schwanhold"},
}
"""The example of the specification, which asks another service."""


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/"])
def test_the_example_of_the_specification(client: FlaskClient, path: str) -> None:
    words = json.dumps(BATCH)
    got = client.get(path, query_string={"queries": words})
    posted = client.post(path, data={"queries": words})
    assert got.status_code == posted.status_code == 200
    assert content(got) == content(posted)
    assert set(content(got)) == {"q0", "q1"}
    Draft202012Validator(RESULTS).validate(content(got))
    assert posted.headers["Cache-Control"] == "no-store"


def test_several_values_and_numbers_are_taken(client: FlaskClient) -> None:
    values = [{"id": "state/bayern", "name": "Bayern"}, "Hessen", 5, 1.5, True]
    assert matched(town(client, "Hof", state=values)) == "municipality/hof"


def test_an_older_client_says_p_for_pid(client: FlaskClient) -> None:
    given = [{"p": "state", "v": "Bayern"}]
    assert matched(one(client, "Hof", type="municipality", properties=given)) == "municipality/hof"


def test_limits_and_types_are_kept(client: FlaskClient) -> None:
    assert len(one(client, "Neustadt", limit=3)) == 3
    assert len(one(client, "Neustadt")) == 10
    assert len(one(client, "Neustadt", limit=10_000)) <= 50
    kinds = {"municipality", "district"}
    found = one(client, "Jena", type=sorted(kinds), limit=50)
    assert {candidate["type"][0]["id"] for candidate in found} == kinds
    assert one(client, "Jena", type=sorted(kinds), type_strict="all") == []
    assert one(client, "Jena", type="Q515") == []
    assert one(client, "Jena", type="district", type_strict="should")


def test_one_candidate_is_a_match_only_if_no_other_is_near(client: FlaskClient) -> None:
    (hof,) = one(client, "Hof", type="municipality", limit=1)
    assert hof["match"] is False


def test_features_say_what_a_score_is_made_of(client: FlaskClient) -> None:
    (first, *_) = town(client, "Hof", state="Bayern")
    assert {feature["id"] for feature in first["features"]} == {"name_like", "state"}
    assert "Bayern" in first["description"]


BAD = (
    *("{", "", "[]", "1", "null", '"x"', '{"q0": 1}', '{"q0": {}}', '{"q0": {"query": 1}}'),
    *('{"q0": {"query": ""}}', '{"q0": {"query": "x", "limit": 0}}', "NaN", "[" * 10_000),
    '{"q0": {"query": "x", "limit": "3"}}',
    '{"q0": {"query": "x", "limit": true}}',
    '{"q0": {"query": "x", "limit": NaN}}',
    '{"q0": {"query": "x", "type": 1}}',
    '{"q0": {"query": "x", "type": [{}]}}',
    '{"q0": {"query": "x", "type_strict": "maybe"}}',
    '{"q0": {"query": "x", "type_strict": []}}',
    '{"q0": {"query": "x", "properties": 1}}',
    '{"q0": {"query": "x", "properties": [1]}}',
    '{"q0": {"query": "x", "properties": [{"v": 1}]}}',
    '{"q0": {"query": "x", "properties": [{"pid": "ags", "v": {"id": 1}}]}}',
    json.dumps({f"q{i}": {"query": "x"} for i in range(501)}),
    '{"q0": {"query": "x", "limit": ' + "9" * 5000 + "}}",
)


@pytest.mark.parametrize("words", BAD, ids=range(len(BAD)))
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_bad_batch_is_400_with_words(small_client: FlaskClient, words: str, method: str) -> None:
    asked = {"Accept": "application/json", "Accept-Language": "en"}
    if method == "GET":
        given = {"queries": words}
        response = small_client.get("/reconcile", query_string=given, headers=asked)
    else:
        response = small_client.post("/reconcile", data={"queries": words}, headers=asked)
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert len(json.loads(response.data)["detail"]) > 10


ODD = ("\x00", "\ud83d", "a" * 10_000, '"', "*", "'; --", "😀", "( AND", "-", "%2F", "\u202e", "ß")


@pytest.mark.parametrize("words", ODD, ids=range(len(ODD)))
def test_odd_words_are_only_words(small_client: FlaskClient, words: str) -> None:
    batch = {words: {"query": f"{words}x", "properties": [{"pid": words, "v": words}]}}
    assert small_client.post("/reconcile", data={"queries": json.dumps(batch)}).status_code == 200
    extend = json.dumps({"ids": [words], "properties": [{"id": words}]})
    response = small_client.post("/reconcile", data={"extend": extend})
    assert response.status_code == 200
    assert list(content(response)["rows"].values()) == [
        {next(iter(content(response)["meta"]))["id"]: []}
    ]
    given = {"prefix": words.encode("utf-8", "surrogatepass")}
    for what in ("entity", "type", "property"):
        answer = small_client.get(f"/reconcile/suggest/{what}", query_string=given)
        assert answer.status_code == 200


def test_a_request_that_is_no_form_or_too_large(small_client: FlaskClient) -> None:
    assert small_client.post("/reconcile", json={"q0": {"query": "x"}}).status_code == 415
    large = {"queries": "x" * (3 << 20)}
    assert small_client.post("/reconcile", data=large).status_code == 413
    body = b'--x\r\nContent-Disposition: form-data; name="queries"\r\n\r\n' + b"x" * (3 << 20)
    type_ = "multipart/form-data; boundary=x"
    posted = small_client.post("/reconcile", data=body, content_type=type_)
    assert posted.status_code == 413
    assert small_client.post("/reconcile").status_code == 200
    assert small_client.put("/reconcile").status_code == 405


def test_a_whole_column_fits_a_request(client: FlaskClient) -> None:
    batch = {f"q{i}": {"query": "Ä" * 500} for i in range(100)}
    assert len(ask(client, batch)) == 100


def test_scripts_of_older_clients(client: FlaskClient) -> None:
    response = client.get("/reconcile?callback=jsonp1234")
    assert response.content_type == "text/javascript; charset=utf-8"
    assert response.text.startswith("/**/jsonp1234({")
    assert response.text.endswith("});")
    Draft202012Validator(MANIFEST).validate(json.loads(response.text[len("/**/jsonp1234(") : -2]))
    for bad in ("alert(1)", "a b", "<script>", "", "1a", "a" * 101, "a..b", "ä", "a\n"):
        assert client.get("/reconcile", query_string={"callback": bad}).status_code == 400


def test_a_preflight_allows_posting(client: FlaskClient) -> None:
    response = client.options("/reconcile")
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


# Suggestions, previews, extension


def test_suggestions(client: FlaskClient) -> None:
    found = content(client.get("/reconcile/suggest/entity?prefix=je&type=municipality&lang=en"))
    Draft202012Validator(SUGGESTED).validate(found)
    assert found["result"][0]["id"] == "municipality/jena"
    assert found["result"][0]["notable"] == [{"id": "municipality", "name": "Municipality"}]
    assert {entity["notable"][0]["id"] for entity in found["result"]} == {"municipality"}
    more = content(
        client.get("/reconcile/suggest/entity?prefix=je&type=municipality&cursor=1&lang=en")
    )
    assert more["result"][0] == found["result"][1]
    kinds = content(client.get("/reconcile/suggest/type?prefix=munic&lang=de"))
    assert kinds["result"] == [{"id": "municipality", "name": "Kommune"}]
    properties = content(client.get("/reconcile/suggest/property?prefix=popul"))["result"]
    assert [one["id"] for one in properties] == ["population", "population_date"]
    assert client.get("/reconcile/suggest/nothing").status_code == 404
    for cursor in ("-1", "x", "1" * 50, "٣"):
        asked = client.get("/reconcile/suggest/type", query_string={"cursor": cursor})
        assert asked.status_code == 400


def test_every_address_of_the_manifest_answers(client: FlaskClient) -> None:
    manifest = content(client.get("/reconcile"))

    def at(address: str) -> str:
        assert address.startswith(BASE)
        return address.removeprefix(BASE[:-1])

    for what, services in manifest["suggest"].items():
        path = at(services["service_url"] + services["service_path"])
        assert content(client.get(path, query_string={"prefix": "a"}))["result"]
        flyout = at(services["flyout_service_url"] + services["flyout_service_path"])
        id_ = {"entity": "municipality%2Fjena", "property": "ags", "type": "municipality"}[what]
        answer = content(client.get(flyout.replace("${id}", id_)))
        assert answer["id"] == id_.replace("%2F", "/")
        assert answer["html"].startswith("<div>")
    propose = manifest["extend"]["propose_properties"]
    answer = content(client.get(at(propose["service_url"] + propose["service_path"])))
    assert len(answer["properties"]) > 20
    for name in ("logo", "documentation"):
        with client.get(at(manifest[name])) as response:
            assert response.status_code == 200


@pytest.mark.parametrize("id_", ["municipality/jena", "municipality%2Fjena"])
def test_ids_with_a_slash_survive_escaped_or_not(client: FlaskClient, id_: str) -> None:
    manifest = content(client.get("/reconcile"))
    for template in (manifest["view"]["url"], manifest["preview"]["url"]):
        path = template.replace("{{id}}", id_).removeprefix(BASE[:-1])
        response = client.get(path, headers={"Accept": "text/html"})
        assert response.status_code == 200
        assert "Jena</" in response.text


def test_a_preview_may_be_framed_and_nothing_else(client: FlaskClient) -> None:
    response = client.get("/reconcile/preview?id=municipality/jena")
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers
    other = client.get("/doc/municipality/jena", headers={"Accept": "text/html"})
    assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]
    assert other.headers["X-Frame-Options"] == "DENY"
    for bad in ("", "municipality/nowhere", "x", "../etc", "municipality/jena/administration"):
        gone = client.get("/reconcile/preview", query_string={"id": bad})
        assert gone.status_code == 404
        assert gone.headers["X-Frame-Options"] == "DENY"
    for what in ("entity", "type", "property", "nothing"):
        assert client.get(f"/reconcile/flyout/{what}?id=<b>").status_code == 404


def test_columns_are_fetched(client: FlaskClient) -> None:
    ids = ["municipality/jena", f"{BASE}id/district/jena", "municipality/nowhere"]
    names = ["ags", "ars", "population", "state", "area_km2", "wikidata", "homepage", "odd"]
    extend = {"ids": ids, "properties": [{"id": name} for name in names]}
    response = client.post("/reconcile?lang=en", data={"extend": json.dumps(extend)})
    assert response.status_code == 200
    Draft202012Validator(EXTENDED).validate(content(response))
    assert [one["id"] for one in content(response)["meta"]] == names
    jena, district, nowhere = (content(response)["rows"][id_] for id_ in ids)
    assert jena["ags"] == [{"str": "16053000"}]
    assert jena["state"] == [{"id": "state/thueringen", "name": "Thuringia"}]
    assert jena["population"][0]["int"] > 100_000
    assert jena["area_km2"] == [{"float": 114.77}]
    assert district["ags"] == jena["odd"] == []
    assert set(nowhere) == set(names)


def test_a_column_may_be_limited(client: FlaskClient) -> None:
    for limit, number in ((1, 1), ("1", 1), (0, 2), ("x", 2), (-1, 2), (None, 2)):
        wanted = {"id": "publisher", "settings": {"limit": limit}}
        extend = {"ids": ["software/smart-city-muenster-dashboard"], "properties": [wanted]}
        answer = content(client.get("/reconcile", query_string={"extend": json.dumps(extend)}))
        (values,) = answer["rows"].values()
        assert len(values["publisher"]) <= number


@pytest.mark.parametrize(
    "words",
    [
        *("{", "[]", "{}", '{"ids": []}', '{"ids": [1], "properties": []}', '{"ids": 1}'),
        *('{"ids": [], "properties": [1]}', '{"ids": [], "properties": [{}]}'),
        json.dumps({"ids": ["x"] * 1001, "properties": []}),
    ],
)
def test_a_bad_extension_is_400(small_client: FlaskClient, words: str) -> None:
    assert small_client.post("/reconcile", data={"extend": words}).status_code == 400


def test_properties_are_proposed_for_a_type(client: FlaskClient) -> None:
    found = content(client.get("/reconcile/properties?type=municipality&limit=2&lang=en"))
    assert found["type"] == "municipality"
    assert found["properties"] == [{"id": "ags", "name": "AGS"}, {"id": "ars", "name": "ARS"}]
    topics = {
        one["id"] for one in content(client.get("/reconcile/properties?type=topic"))["properties"]
    }
    assert "ags" not in topics
    assert "code" in topics
