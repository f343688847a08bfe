"""Opens the active release in one process and answers a request: ``first.py RELEASES PATH``.

Prints the seconds from opening to the answer, with everything imported before, as a worker that
follows a newly activated release has it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from werkzeug.test import Client

from lod.web.app import create_app

start = time.perf_counter()
app = create_app(Path(sys.argv[1]))
status = Client(app).get(sys.argv[2], headers={"Accept": "text/html"}).status_code
assert status == 200
print(time.perf_counter() - start)
