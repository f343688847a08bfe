"""Installs the peers, each in a place of its own under the cache of the benchmark."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.bench import CACHE

REQUIREMENTS = {
    "morph": ("morph-kgc==2.10.0",),
    "reference": ("rdflib==7.6.0",),
    "pyshacl": ("rdflib==7.6.0", "pyshacl==0.40.1"),
    "engine": ("shacl==0.3.4",),
    "oxigraph": ("oxigraph==0.5.13",),
}
"""What each peer is, from PyPI."""
TRIFID = ("trifid@5.3.0",)
"""From npm."""


def python(peer: str) -> Path:
    """Return the interpreter of a peer's virtual environment, installed where it isn't."""
    folder = CACHE / "peers" / peer
    wanted = "\n".join(REQUIREMENTS[peer])
    if not _has(folder, wanted):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, *REQUIREMENTS[peer]], check=True)
        (folder / "installed").write_text(wanted, encoding="utf-8")
    return folder / "bin" / "python"


def trifid() -> Path:
    """Return the folder that Trifid is installed in, or install it.

    Raises:
        FileNotFoundError: there is no npm.
    """
    folder = CACHE / "peers" / "trifid"
    if not _has(folder, TRIFID[0]):
        (folder / "package.json").write_text("{}", encoding="utf-8")
        npm = ["npm", "install", "--no-audit", "--no-fund", "--silent", *TRIFID]
        subprocess.run(npm, cwd=folder, check=True)
        (folder / "installed").write_text(TRIFID[0], encoding="utf-8")
    return folder


def _has(folder: Path, wanted: str) -> bool:
    """Tell whether a folder has what is wanted; make an empty one where it hasn't."""
    mark = folder / "installed"
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return True
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return False
