from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from lod.export.rules import RULES
from lod.iri import KINDS
from tests.conftest import ROOT, WriteData


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as `pip install .` does, in an environment of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, timeout=300)
    return next(folder.glob("*.whl"))


def test_everything_travels_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for kind in KINDS:
        assert f"lod/shapes/{kind}.ttl" in names
    assert {"lod/py.typed", "lod/questions.md"} <= names
    assert {f"lod/export/rules/templates/{one}" for one in set(RULES.values())} <= names
    for end in (".html", ".css", ".mo", ".svg"):
        assert any(name.startswith("lod/web/") and name.endswith(end) for name in names), end
    assert not any(name.startswith(("tests/", "data/")) for name in names)


def test_the_wheel_works_in_a_clean_environment(
    wheel: Path, write_data: WriteData, tmp_path: Path
) -> None:
    home = tmp_path / "clean"
    venv.create(home, with_pip=True)
    binaries = home / "bin"
    subprocess.run(
        [binaries / "python", "-m", "pip", "install", "--quiet", str(wheel)],
        check=True,
        timeout=600,
    )
    data = write_data()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    built = subprocess.run(
        [binaries / "lod", "build", f"--data={data}"],
        cwd=tmp_path,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert built.returncode == 0, built.stderr
    asked = subprocess.run(
        [binaries / "lod", "query", "ASK { ?board a org:Organization }"],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert asked.stdout == "yes\n"
