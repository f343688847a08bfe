"""Jobs done elsewhere: the same files come back as are made here."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TypeVar

import pytest

from lod.build import build, check, kept
from lod.build import pieces as cutting
from lod.build.kept import CACHE
from lod.build.parcels import DifferentError, Portable, differences, do_parcel, pack, versions
from lod.build.reading import Job, read_chunk
from lod.build.setting import Setting
from lod.errors import LodError, RecordErrors
from lod.records import chunks as chunking
from lod.records.chunks import chunks
from lod.records.raw import Reporter
from tests.conftest import SMALL, WriteData

_Job = TypeVar("_Job", bound=Portable)
_Result = TypeVar("_Result")


class Elsewhere:
    """Does each job in a folder that knows nothing of this one, as a worker does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = self.left = 0

    def map(self, function: Callable[[_Job], _Result], jobs: Iterable[_Job]) -> Iterator[_Result]:
        here = Path.cwd()
        for job in jobs:
            if not job.known():
                parcel = pickle.loads(pickle.dumps(pack(function, job)))
                os.chdir(self.folder)
                try:
                    content = do_parcel(parcel, self.folder)
                finally:
                    os.chdir(here)
                if content is None:
                    self.left += 1
                else:
                    self.made += 1
                    kept.put(job.setting.path(parcel.key), content)
                    assert job.known()
            yield function(job)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Elsewhere:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return Elsewhere(folder)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


HEADS = {
    "plain": "slug,name.de,sources\n{}",
    "BOM": "\ufeffslug,name.de,sources\n{}",
    "CRLF": "slug,name.de,sources\r\n{}",
    "quoted": '"slug","name.de","sources"\n{}',
}


@pytest.mark.parametrize("head", HEADS)
def test_the_same_files(  # noqa: PLR0917 (fixtures)
    head: str,
    write_data: WriteData,
    shapes: Path,
    tmp_path: Path,
    elsewhere: Elsewhere,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module, name in ((cutting, "RECORDS"), (chunking, "ROWS"), (chunking, "FILES")):
        monkeypatch.setattr(module, name, 2)
    rows = "".join(f'ort-{n},"Ort ""{n}"",\nzwei Zeilen",source/article\n' for n in range(40))
    lines = "".join(
        f'{{"slug": "quelle-{n}", "name": {{"de": "Quelle {n}"}}, "form": "article", '
        f'"language": "de", "url": "https://example.org/{n}"}}\n'
        for n in range(20)
    )
    data = write_data(
        {
            "municipality.csv": HEADS[head].format(rows),
            "source.jsonl": SMALL["source.jsonl"] + lines,
        }
    )
    local = build(data, shapes, tmp_path / "local")
    moved = build(data, shapes, tmp_path / "moved", cluster=nullcontext(elsewhere))
    assert (elsewhere.left, elsewhere.made > 40) == (0, True)
    assert content(tmp_path / "moved" / CACHE) == content(tmp_path / "local" / CACHE)
    for name in ("manifest.json", "report.ttl", "index.sqlite", "search.sqlite"):
        assert (moved.release.path / name).read_bytes() == (local.release.path / name).read_bytes()


def test_what_is_kept_is_not_sent(
    write_data: WriteData, shapes: Path, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    data = write_data()
    build(data, shapes, tmp_path / "releases")
    build(data, shapes, tmp_path / "releases", cluster=nullcontext(elsewhere))
    assert (elsewhere.made, elsewhere.left) == (0, 0)


FAULTS = {
    "table": {
        "municipality.csv": "slug,name.de,ags,sources\n"
        + "".join(f"ort-{n},Ort {n},,source/article\n" for n in range(50))
        + 'falsch,Ort,"12",source/article\n'
    },
    "broken table": {"municipality.csv": 'slug,name.de\na,"b\n'},
    "YAML": {"person/martin-berger.yaml": "name: Martin Berger\nsorces: [source/article]\n"},
    "empty": {"person/martin-berger.yaml": ""},
    "encoding": {"municipality.csv": b"slug,name.de\na,K\xf6ln\n"},
    "dangling": {"person/martin-berger.yaml": "name: M\nsources: [source/artikel]\n"},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_mistakes_are_told_as_at_home(
    fault: str, write_data: WriteData, shapes: Path, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    data = write_data(FAULTS[fault])
    with pytest.raises(RecordErrors) as here:
        check(data, shapes)
    with pytest.raises(RecordErrors) as there:
        build(data, shapes, tmp_path / "releases", cluster=nullcontext(elsewhere))
    assert str(there.value) == str(here.value)
    assert str(data) in str(there.value)


def test_the_folder_is_left_empty(
    write_data: WriteData, shapes: Path, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    build(write_data(), shapes, tmp_path / "releases", cluster=nullcontext(elsewhere))
    (here,) = elsewhere.folder.iterdir()
    assert list((here / "kept").iterdir()) == []


def test_other_versions_are_refused(write_data: WriteData, shapes: Path, tmp_path: Path) -> None:
    setting = Setting.of("https://lod.example.org/", shapes, tmp_path / "kept", "en")
    chunk = next(chunks(write_data(), Reporter("en")))
    parcel = pack(read_chunk, Job(chunk, setting))
    assert do_parcel(parcel, tmp_path)
    with pytest.raises(DifferentError, match=r"^zlib .+ instead of 1\.0$"):
        do_parcel(parcel._replace(versions={**parcel.versions, "zlib": "1.0"}), tmp_path)


def test_differences_are_named() -> None:
    there = versions() | {"rdflib": "1"}
    del there["zlib"]
    here = versions()
    said = f"zlib missing instead of {here['zlib']}, rdflib 1 instead of {here['rdflib']}"
    assert differences(here, there) == said
    assert differences(there, there) == ""


def test_a_file_changed_before_it_is_sent_is_noticed(
    write_data: WriteData, shapes: Path, tmp_path: Path
) -> None:
    data = write_data()
    setting = Setting.of("https://lod.example.org/", shapes, tmp_path, "en")
    jobs = [Job(chunk, setting) for chunk in chunks(data, Reporter("en"))]
    table = next(job for job in jobs if job.chunk.files[0].name == "state.csv")
    (data / "state.csv").write_text("slug\n", "utf-8")
    with pytest.raises(LodError, match="changed while it was read"):
        pack(read_chunk, table)
