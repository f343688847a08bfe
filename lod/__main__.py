"""Run the command line as ``python -m lod``."""

from lod.cli import main

main()
