"""Draws SVG from standard input as PNG to standard output: a program, run in a process of its own.

Its arguments are the files of the fonts; no others are used.
"""

from __future__ import annotations

import os
import sys

import resvg_py

if __name__ == "__main__":
    os.nice(10)  # Pages come first.
    png = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode(), skip_system_fonts=True, font_files=sys.argv[1:]
    )
    sys.stdout.buffer.write(png)
