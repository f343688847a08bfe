"""Writes terms for a reader: resources by their names, literals in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from markupsafe import escape
from pyoxigraph import Literal, NamedNode, Triple

from lod.iri import KINDS, REFERENCE, Space, slug
from lod.names import KIND_NAMES
from lod.store import Store
from lod.terms import TERMS
from lod.vocab import DCTERMS, SCHEMA
from lod.web.foreign import shown
from lod.web.labels import Labels
from lod.web.visit import Reader
from lod.web.wording import Text, Wording, pick

About = Mapping[NamedNode, list[NamedNode | Literal]]
"""What is stated about one subject: its properties and their objects."""


def by_subject(
    triples: Iterable[Triple],
) -> dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]]:
    """Return subject → property → objects, everything in the order of the triples."""
    found: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            about = found.setdefault(triple.subject, {})
            about.setdefault(triple.predicate, []).append(triple.object)
    return found


_FEW = 32
_NUMBER = re.compile("[0-9]+")
_DIGITS = 12


class Value(NamedTuple):
    """What stands on a page for an object; templates write it as a link or a span.

    Attributes:
        text: what is read.
        href: where it leads; empty where it leads nowhere.
        outward: whether it leaves the site.
        about: what kind of thing it is, where that helps.
    """

    text: Text
    href: str = ""
    outward: bool = False
    about: str = ""

    @property
    def short(self) -> bool:
        """Whether it can stand in a line with others: a link, or a few words."""
        return bool(self.href) or len(self.text.words) < _FEW

    def __html__(self) -> str:
        """Write it: a list has hundreds of values, and a macro takes ten times as long for each."""
        words, lang = self.text
        spoken = f' lang="{escape(lang)}"' if lang else ""
        if not self.href:
            return f"<span{spoken}>{escape(words)}</span>"
        outward = ' class="outward" rel="external"' if self.outward else ""
        return f'<a href="{escape(self.href)}"{spoken}{outward}>{escape(words)}</a>'


def in_order(value: Value) -> str:
    """Return what values are sorted by: ä stands as ae, whatever the case, and 9 before 10."""
    return _NUMBER.sub(lambda found: found[0].zfill(_DIGITS), slug(value.text.words))


def kind_name(kind: str, language: str, plural: bool = False) -> str:
    """Return what a kind is called."""
    names = KIND_NAMES[kind].get(language) or KIND_NAMES[kind]["en"]
    return names[plural][:1].upper() + names[plural][1:]


@dataclass
class Scribe:
    """Knows the names of the resources on a page, all looked up in one pass.

    Attributes:
        store: of the release.
        labels: of the properties.
        reader: who reads.
        subject: the reference of the resource that the page is about, if it is about one.
    """

    store: Store
    labels: Labels
    reader: Reader
    subject: str = ""
    _names: dict[str, dict[str, str]] = field(default_factory=dict)
    _cited: dict[str, int] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The reader's."""
        return self.reader.language

    @property
    def space(self) -> Space:
        """The publication's IRIs."""
        return self.store.space

    @cached_property
    def wording(self) -> Wording:
        """Writes literals."""
        return Wording(self.language)

    def learn(self, nodes: Iterable[NamedNode | Literal]) -> None:
        """Look up the names of all resources among some terms, in one pass."""
        iris = {node.value for node in nodes if isinstance(node, NamedNode)}
        self.look_up(reference for reference in map(self.space.reference, iris) if reference)

    def look_up(self, references: Iterable[str]) -> None:
        """Look up the names of resources, in one pass; what is no reference is passed over."""
        unknown = set(filter(REFERENCE.fullmatch, references)) - self._names.keys()
        if unknown:
            self._names |= self.store.names(unknown)

    def know(self, names: Mapping[str, dict[str, str]]) -> None:
        """Take in the names of resources by their references, which needn't be looked up."""
        self._names |= names

    def knows(self, reference: str) -> bool:
        """Tell whether the name of a resource was found."""
        return reference in self._names

    def value(self, term: NamedNode | Literal) -> Value:
        """Return what stands for an object."""
        if isinstance(term, Literal):
            return Value(self.wording.text(term))
        reference = self.space.reference(term.value)
        if reference is not None:
            return self.resource(reference)
        own = term.value.removeprefix(self.space.ns)
        if own in TERMS:
            return Value(Text(self.labels.forward(term, self.language)), self.page(f"ns#{own}"))
        if term.value.startswith(self.space.base):
            return Value(Text(term.value), term.value)
        scheme, words = shown(term.value, self.language)
        return Value(Text(words), term.value, outward=True, about=scheme)

    def resource(self, reference: str) -> Value:
        """Return a link to a resource by its name; by its slug where it has none."""
        name = self.name(reference)
        if self.subject not in ("", reference) and name.words == self.name(self.subject).words:
            # A town and the district that it forms bear one name.
            kind = kind_name(kind_of(reference), self.language)
            name = Text(f"{name.words} ({kind})", name.lang)
        return Value(name, self.page(f"doc/{reference}"))

    def name(self, reference: str) -> Text:
        """Return the name of a resource that was learnt."""
        return pick(self._names.get(reference, {}), self.language) or Text(slug_of(reference))

    def beside(self, reference: str) -> list[Value]:
        """Return what sort of thing a resource that was learnt is, and where it lies."""
        stated = self.store.about(reference, DCTERMS.type, SCHEMA.containedInPlace)
        nodes = [triple.object for triple in stated if isinstance(triple.object, NamedNode)]
        self.learn(nodes)
        # A town forms a district of its own name, which tells nothing here.
        name = self.name(reference).words
        return [value for value in map(self.value, nodes) if value.text.words != name]

    def page(self, path: str) -> str:
        """Return a link to a page of ours."""
        return self.reader.page(path)

    def says_the_same(self, predicate: NamedNode) -> bool:
        """Return whether a property's values are words, which other languages repeat."""
        return self.store.style.values.get(predicate.value) == "text"

    def cite(self, about: About, predicate: NamedNode) -> list[int]:
        """Return the numbers under which a statement's sources stand at the foot of the page."""
        numbers = []
        for node in about.get(predicate, ()):
            reference = self.space.reference(node.value)
            if reference is not None:
                numbers.append(self._cited.setdefault(reference, len(self._cited) + 1))
        return sorted(numbers)

    @property
    def cited(self) -> list[str]:
        """The references of all sources that were cited, in the order of their numbers."""
        return list(self._cited)


def kind_of(reference: str) -> str:
    """Return the kind in a reference."""
    return reference.partition("/")[0]


def slug_of(reference: str) -> str:
    """Return the slug in a reference."""
    return reference.partition("/")[2]


def kind_order(kind: str) -> int:
    """Return the place of a kind among the kinds."""
    return KINDS.index(kind)
