"""What answers at each route: a table for each part of the server.

A new route needs an entry in one of them; a test walks the application's routes and fails for one
that has none.
"""

from __future__ import annotations

from lod.web.openapi.parts import Operations
from lod.web.openapi.routes import publication, reconciliation, resources, search, site, sparql

TAGS = {
    "Resources": "What is described: things, the documents about them, and lists.",
    "Questions": "Questions with answers that were computed already.",
    "Search": "Finding by name, key or word.",
    "SPARQL": "Queries in SPARQL 1.1.",
    "Reconciliation": "Matching names and keys of somebody's table, as OpenRefine does.",
    "Publication": "The catalog, statistics, terms and shapes, and the files of each release.",
    "Site": "What belongs to the pages and to running them.",
}
"""The groups that operations are shown in, and what they are."""
OPERATIONS: Operations = {
    **resources.OPERATIONS,
    **search.OPERATIONS,
    **sparql.OPERATIONS,
    **reconciliation.OPERATIONS,
    **publication.OPERATIONS,
    **site.OPERATIONS,
}
"""Every route's methods but HEAD and OPTIONS, which all of them have."""
