"""What all descriptions of a release share: its IRIs, its words, its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from pyoxigraph import NamedNode, Triple

from lod.catalog.facts import ALL, Facts
from lod.catalog.services import SERVICES, Service
from lod.catalog.wording import EVERYTHING, PART, SOURCE, Words, compose, kind_names
from lod.formats import FORMATS, TURTLE, Format
from lod.iri import Space
from lod.mapping.dataset import CATALOG
from lod.records.publication import GERMANY, Area, Publication
from lod.release import File, Release


def dump_name(dataset: str, format_: Format, compressed: bool = False) -> str:
    """Return the path of a dump inside a release: ``dumps/all.ttl.gz``."""
    return f"dumps/{dataset}{format_.extension}{'.gz' if compressed else ''}"


@dataclass(frozen=True)
class Edition:
    """What is described: a publication's release and its files.

    Attributes:
        publication: as the publication file says.
        version: of the release.
        files: the files of the release by their paths inside it; of these, the dumps count.
        facts: the release in numbers.
        recorded: the triples about the datasets of others that have a record, as
            `lod.catalog.recorded` returns them.
        services: the services that exist.
    """

    publication: Publication
    version: str
    files: Mapping[str, File]
    facts: Facts
    recorded: Sequence[Triple] = ()
    services: Sequence[Service] = field(default=SERVICES)

    @classmethod
    def of(cls, release: Release, publication: Publication) -> Self:
        """Return the catalog of a finished release, without the datasets of others."""
        facts = Facts.read(release.manifest)
        return cls(publication, release.version, release.files, facts)

    @cached_property
    def space(self) -> Space:
        """The publication's IRIs."""
        return Space(self.publication.base_iri)

    @property
    def datasets(self) -> tuple[str, ...]:
        """The names of our own datasets: the whole, and a kind each."""
        return (ALL, *self.facts.kinds)

    @property
    def areas(self) -> tuple[Area, ...]:
        """What place the data are about."""
        return self.publication.areas or GERMANY

    def node(self, name: str = "") -> NamedNode:
        """Return the IRI of a part of the catalog; of itself without a name."""
        return NamedNode(f"{self.space.base}{CATALOG}{f'#{name}' if name else ''}")

    def download(self, name: str) -> NamedNode:
        """Return the address of a dump."""
        return NamedNode(f"{self.space.base}{name.replace('dumps/', f'dumps/{self.version}/', 1)}")

    def title(self, dataset: str) -> Words:
        """Return a dataset's title by language."""
        if dataset == ALL:
            return self.publication.title
        return compose(PART, self.publication.title, kind=kind_names(dataset))

    def description(self, dataset: str) -> Words:
        """Return a dataset's description by language: what it holds, then the publication's."""
        count = sum(self.facts.kinds.values()) if dataset == ALL else self.facts.kinds[dataset]
        words = self.publication.description
        if dataset == ALL:
            return compose(EVERYTHING, words, count=count)
        title = self.publication.title
        return compose(SOURCE, words, title=title, kind=kind_names(dataset), count=count)

    def keywords(self, dataset: str) -> list[Words]:
        """Return a dataset's keywords, each by language."""
        kinds = self.facts.kinds if dataset == ALL else (dataset,)
        return [*self.publication.keywords, *(kind_names(kind) for kind in kinds)]

    def period(self, dataset: str) -> tuple[str, str]:
        """Return the time that a dataset is about: dates as precise as they are known.

        It ends with the edition, or later where something later is stated; where no date at all
        is stated, the data are as of the edition.
        """
        edition = self.publication.modified
        earliest, latest = self.facts.periods.get(dataset, (edition, edition))
        return min(earliest, edition), max(latest, edition)

    def formats(self, dataset: str) -> tuple[Format, ...]:
        """Return the formats that a dataset is dumped in."""
        return FORMATS if dataset == ALL else (TURTLE,)
