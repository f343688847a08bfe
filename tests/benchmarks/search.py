"""How long a search takes in an index of many resources.

Run with ``python -m tests.benchmarks.search``; ``--resources`` says how many.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lod.search import Item, Matcher, Search, Wanted, write
from lod.search.index import OTHER

HEADS = (
    *("Alten", "Berg", "Birken", "Brunn", "Eschen", "Frieden", "Grün", "Hohen", "Kirch", "Lang"),
    *("Mühl", "Neuen", "Ober", "Rotten", "Schön", "Stein", "Tannen", "Unter", "Wald", "Weiß"),
)
TAILS = (
    *("au", "bach", "berg", "brück", "burg", "dorf", "feld", "hausen", "heim", "hof", "kirchen"),
    *("leben", "münster", "ried", "roda", "stadt", "stedt", "thal", "walde", "wörth"),
)
RIVERS = ("Aller", "Donau", "Elbe", "Fulda", "Isar", "Lahn", "Main", "Mosel", "Neckar", "Oder")
KINDS = ("municipality", "project", "software", "organisation", "dataset")
TOPICS = ("Verkehr", "Smart City", "Open Source", "Bildung", "Energie", "Beteiligung", "Klima")
SEARCHES = ("jena", "Jenna", "a", "st", "kirchen", "Muehlhausen", "Mühlhausne", "smart city",
            "Neuen", "Projekt", "00012345", "Steinbach an der Lahn", "xyzzy", "offene Daten",
            "Schoenburg", "Weissfeld Elbe")  # fmt: skip


def items(number: int) -> Iterator[Item]:
    """Yield resources with names and descriptions like real ones, always the same."""
    chance = random.Random(1)
    for i in range(number):
        place = f"{chance.choice(HEADS)}{chance.choice(TAILS)}"
        if chance.random() < 0.5:
            place += f" an der {chance.choice(RIVERS)}"
        kind = chance.choice(KINDS)
        name = place if kind == KINDS[0] else f"Projekt {chance.choice(TOPICS)} {place} {i}"
        words = " ".join(chance.choices([*TOPICS, *RIVERS, "offene", "Daten", "Bürger"], k=40))
        yield Item(
            kind=kind,
            slug=f"r-{i}",
            names={"de": name, "en": name.replace("Projekt", "Project")},
            weight=chance.random() * 6,
            others=((f"{place}, Stadt", OTHER),),
            texts={"de": words, "en": words[::-1]},
            codes={"ags": (f"{i:08}",)},
        )
    yield Item("municipality", "jena", {"de": "Jena"}, 9.0)


def times(ask: Callable[[str], object], rounds: int) -> list[float]:
    """Return milliseconds of processor time of each search, in several rounds.

    A search waits for nothing, so that other work on the machine doesn't count.
    """
    taken = []
    for _ in range(rounds):
        for words in SEARCHES:
            start = time.process_time()
            ask(words)
            taken.append((time.process_time() - start) * 1000)
    return taken


def figure(name: str, taken: list[float]) -> str:
    """Return a line with the median, the 99th percentile and the longest."""
    cuts = statistics.quantiles(taken, n=100)
    return f"{name:<12} p50 {cuts[49]:6.1f} ms   p99 {cuts[98]:6.1f} ms   max {max(taken):6.1f} ms"


def main() -> None:
    """Print what it takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resources", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "search.sqlite"
        start = time.perf_counter()
        write(path, items(given.resources))
        size = path.stat().st_size / 1e6
        print(f"{given.resources} resources: {time.perf_counter() - start:.0f} s, {size:.0f} MB")
        search = Search(Path(folder))
        matcher = Matcher(search, "https://example.org/")
        search.find("jena")
        print(figure("search", times(search.find, given.rounds)))
        print(figure("of a kind", times(lambda w: search.find(w, "software"), given.rounds)))
        print(figure("suggest", times(lambda w: search.suggest(w[:3], 10), given.rounds)))
        print(figure("reconcile", times(lambda w: matcher.candidates(Wanted(w), 10), given.rounds)))


if __name__ == "__main__":
    main()
