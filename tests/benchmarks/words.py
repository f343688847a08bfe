"""Names and texts of invented places, persons and bodies, each a function of its number.

A name can be had without the ones before it, so that records refer to each other while nothing is
kept in memory.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import NamedTuple

from lod.iri import slug


class Named(NamedTuple):
    """A name and the slug that it becomes."""

    name: str
    slug: str


def _named(names: str) -> tuple[Named, ...]:
    return tuple(Named(name, slug(name)) for name in names.split(", "))


HEADS = _named(
    "Alten, Asch, Bad Lauter, Bad Salz, Berg, Birken, Blanken, Brunn, Buchen, Diet, Eber, Eichen, "
    "Elster, Erlen, Eschen, Falken, Frieden, Fürsten, Groß Grün, Günters, Hagen, Hasel, Heiligen, "
    "Himmel, Hirsch, Hohen, Kalten, Kirch, Klein Ilm, Königs, Krumm, Lange, Linden, Löwen, Markt, "
    "Mittel, Mühl, Neuen, Nieder, Nord, Ober, Ölz, Ost, Quell, Raben, Rotten, Sankt Marien, "
    "Schön, Schwarzen, Silber, Sonnen, Stein, Süd, Tannen, Über, Unter, Wald, Weißen, Wolfs, "
    "Ziegen"
)
TAILS = _named(
    "au, aue, bach, berg, born, brück, büttel, burg, damm, dorf, eck, feld, förde, furt, grün, "
    "hagen, hain, hausen, heim, hof, kirchen, lar, leben, lohe, moor, münster, oog, rade, reuth, "
    "ried, roda, rode, scheid, see, stadt, stedt, thal, walde, weiler, wörth"
)
AREAS = _named(
    "an der Aller, an der Donau, an der Elbe, an der Fulda, an der Isar, an der Lahn, an der "
    "Mosel, an der Oder, an der Saale, an der Spree, an der Unstrut, an der Weser, am Inn, am "
    "Main, am Neckar, am Rhein, am Regen, am Harz, am Bodensee, am Deister, (Allgäu), (Altmark), "
    "(Eifel), (Hunsrück), (Lausitz), (Oberpfalz), (Rhön), (Schwarzwald), (Uckermark), (Vogtland), "
    "im Odenwald, im Spessart, im Taunus, im Münsterland, in der Börde, in der Heide, ob der "
    "Tauber, vor der Rhön, unterm Wald, ob Lech"
)
FIRST_NAMES = _named(
    "Anna, Ayşe, Bärbel, Björn, Brigitte, Călin, Chloé, Dörte, Đorđe, Elif, Émile, Fatma, "
    "Friedrich, Gönül, Günther, Håkon, Hanna, Ines, İbrahim, Jörg, Jürgen, Karla, Käthe, Lěna, "
    "Łukasz, Małgorzata, Martin, Mehmet, Mónica, Nguyễn, Ole, Øystein, Paula, Pëtr, Réka, Rūta, "
    "Şerife, Søren, Štěpán, Tomáš, Ulrike, Úrsula, Vít, Werner, Wiebke, Xenia, Yannick, Zoë, "
    "Žofia, Zsófia"
)
LAST_NAMES = _named(
    "Müller, Schmidt, Schneider, Fischer, Weber, Meyer, Wagner, Becker, Schulz, Hoffmann, "
    "Schäfer, Koch, Bauer, Richter, Klein, Wolf, Schröder, Neumann, Schwarz, Zimmermann, Braun, "
    "Krüger, Hartmann, Lange, Krause, Lehmann, Köhler, Maier, Groß, Yılmaz, Şahin, Kowalski, "
    "Wójcik, Nowák, Dvořák, Horváth, Popović, Çelik, Ångström, Nguyen, García, Żak, Ærø, Weiß, "
    "Böhm, Jäger, Löffler, Sauer, Brězan, Šołta"
)
WORDS_ABROAD = (
    ("uk", "Цифрова стратегія громади"),
    ("el", "Ψηφιακή στρατηγική του δήμου"),
    ("ar", "الاستراتيجية الرقمية للبلدية"),
    ("zh", "市政数字化战略"),
    ("he", "האסטרטגיה הדיגיטלית של העירייה"),
    ("ka", "მუნიციპალიტეტის ციფრული სტრატეგია"),
    ("hi", "नगरपालिका की डिजिटल रणनीति"),
    ("tr", "Belediyenin dijital stratejisi"),
    ("pl", "Strategia cyfrowa gminy"),
    ("hsb", "Digitalna strategija gmejny"),
    ("ja", "自治体のデジタル戦略 🏙"),
)
"""The same title in other scripts and languages."""
THEMES = (
    *(("mobility", "Mobilität", "mobility"), ("energy", "Energie und Wärme", "energy and heat")),
    *(("water", "Wasser", "water"), ("waste", "Abfall", "waste")),
    *(("climate", "Klimaanpassung", "climate adaptation"), ("health", "Gesundheit", "health")),
    *(("care", "Pflege", "care"), ("schools", "Schulen", "schools")),
    *(("culture", "Kultur", "culture"), ("libraries", "Büchereien", "libraries")),
    *(("participation", "Bürgerbeteiligung", "participation"), ("e-file", "E-Akte", "e-files")),
    *(("building", "Bauen und Wohnen", "housing"), ("open-data", "Offene Daten", "open data")),
    ("open-source", "Offene Software", "open source"),
    ("identity", "Elektronische Identität", "electronic identity"),
    *(("sensors", "Sensornetze", "sensors"), ("twin", "Digitaler Zwilling", "digital twins")),
    *(("security", "Bevölkerungsschutz", "civil protection"), ("tourism", "Tourismus", "tourism")),
)
"""Fields of action: slug, German and English name."""
_GERMAN = (
    "Die Kommune erprobt {theme} zusammen mit Nachbarn, Vereinen und Unternehmen.",
    "Was sich bewährt, steht anderen zur Nachnutzung offen – auch der Quelltext.",
    "Ämter, Eigenbetriebe und Bürgerschaft arbeiten dafür in gemeinsamen Werkstätten.",
    "Über Fortschritte zu „{theme}“ wird jährlich öffentlich berichtet – und überprüft.",
    "Für größere Anschaffungen gilt: erst prüfen, was es schon gibt, dann ausschreiben.",
    "Ältere, Schülerinnen und Schüler sowie Beschäftigte äußerten in Befragungen Wünsche.",
    "Daten aus {theme} fließen in die Plattform der Region, als Linked Open Data.",
)
_ENGLISH = (
    "The municipality tries out {theme} together with neighbours, associations and companies.",
    "What proves its worth is open to others for reuse – the source code included.",
    "Offices, municipal companies and citizens work on it in common workshops.",
    "Progress in “{theme}” is reported in public every year; the measures are reviewed.",
    "For larger purchases, what exists already is examined before anything is tendered.",
    "Older people, pupils and employees stated their wishes in surveys.",
    "Data on {theme} flow into the regional platform and are offered as linked open data.",
)


def skewed(chance: Random, count: int) -> int:
    """Return a number below `count`; the first ones come up very often, most of them rarely."""
    return int(count * chance.random() ** 4)


@cache
def _plain_place(number: int) -> Named:
    head, tail = HEADS[number % len(HEADS)], TAILS[number // len(HEADS)]
    return Named(head.name + tail.name, head.slug + tail.slug)


PLACES = len(HEADS) * len(TAILS)
"""How many places have a name without an addition."""


def place(number: int) -> Named:
    """Return the name of a place; those past the first `PLACES` have an addition, as in life."""
    addition, rest = divmod(number, PLACES)
    plain = _plain_place((rest * 1009 + addition * 131) % PLACES)
    if addition == 0:
        return plain
    if addition <= len(AREAS):
        area = AREAS[addition - 1]
        return Named(f"{plain.name} {area.name}", f"{plain.slug}-{area.slug}")
    near = _plain_place(addition * 7 % PLACES)
    return Named(f"{plain.name} bei {near.name}", f"{plain.slug}-bei-{near.slug}")


def person(number: int) -> Named:
    """Return the name of a person; those past the first few thousand have two surnames."""
    number, first = divmod(number, len(FIRST_NAMES))
    number, last = divmod(number, len(LAST_NAMES))
    name = f"{FIRST_NAMES[first].name} {LAST_NAMES[last].name}"
    found = f"{FIRST_NAMES[first].slug}-{LAST_NAMES[last].slug}"
    if number == 0:
        return Named(name, found)
    second = LAST_NAMES[(number + last) % len(LAST_NAMES)]
    number //= len(LAST_NAMES)
    more = f" {'I' * number}" if number else ""
    return Named(
        f"{name}-{second.name}{more}", f"{found}-{second.slug}{slug(more) and '-'}{slug(more)}"
    )


def body(number: int, forms: tuple[tuple[str, str], ...]) -> tuple[Named, str, int]:
    """Return the German name of what has a form and a theme, the English one, and the theme.

    Args:
        number: which one.
        forms: German and English words for what it is.
    """
    rest, form = divmod(number, len(forms))
    rest, theme = divmod(rest, len(THEMES))
    where = place(rest + 37 * form + 101 * theme)
    german, english = forms[form]
    code, german_theme, english_theme = THEMES[theme]
    named = Named(f"{german} {german_theme} {where.name}", f"{_slug(german)}-{code}-{where.slug}")
    return named, f"{english} {english_theme} {where.name}", theme


@cache
def _slug(words: str) -> str:
    return slug(words)


def text(chance: Random, theme: int, sentences: int) -> dict[str, str]:
    """Return a text in German, and nearly always in English."""
    _, german, english = THEMES[theme]
    order = chance.choices(range(len(_GERMAN)), k=sentences)
    said = {"de": " ".join(_GERMAN[n] for n in order).format(theme=german)}
    if chance.random() < 0.99:
        said["en"] = " ".join(_ENGLISH[n] for n in order).format(theme=english)
    return said


def length(chance: Random) -> int:
    """Return how many sentences a text has: a few as a rule, hundreds once in a while."""
    return min(300, max(1, int(chance.lognormvariate(1.1, 0.9))))
