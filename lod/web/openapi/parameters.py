"""Every parameter of the routes, each described once."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from lod.iri import KINDS, SLUG_PATTERN
from lod.search.folding import LONGEST
from lod.web.facets.table import FACETS
from lod.web.openapi.parts import TEXT, Parameter, Schema
from lod.web.openapi.samples import Samples
from lod.web.paging import ALL, PAGE_SIZE
from lod.web.selection import EXPLAIN, MEDIA, PROFILE
from lod.web.visit import LONGEST_SEARCH, PAGE_NUMBER

_SLUG: Schema = {"type": "string", "pattern": f"^{SLUG_PATTERN}$"}


def one_of(*words: str) -> Schema:
    """Return the schema of a word among some."""
    return {"type": "string", "enum": list(words)}


def _kinds(known: Samples) -> Schema:
    return one_of(*known.kinds)


# Of the path

KIND = Parameter("kind", "path", "A kind of record.", _kinds, lambda known: known.kind)
SLUG = Parameter(
    "slug", "path", "Names a resource; an official key serves too.", _SLUG, lambda known: known.slug
)


def extension(*endings: str) -> Parameter:
    """Return the parameter that names a format at the end of a path."""
    words = [ending.removeprefix(".") for ending in endings]
    return Parameter(
        "extension", "path", "Names the format.", one_of(*words), lambda known: words[0]
    )


# Of the query: what pages and formats have

LANG = Parameter(
    "lang",
    "query",
    "The language of the page and of names; overrules `Accept-Language`. A language that the "
    "publication hasn't is passed over.",
    lambda known: {"type": "string", "examples": list(known.languages)},
)
MEDIATYPE = Parameter(
    MEDIA,
    "query",
    "Media types in the order of preference, parted by commas; overrules `Accept`. One that there "
    "is nothing in is 400.",
    {"type": "string", "examples": ["text/turtle"]},
)
PROFILE_TOKEN = Parameter(
    PROFILE,
    "query",
    "The view, by its word (`full`, `schema`, `dcatap`, `alt`) or its IRI; overrules "
    "`Accept-Profile`. One that the document hasn't is 400.",
    {"type": "string", "examples": ["full"]},
)
EXPLAINED = Parameter(
    EXPLAIN,
    "query",
    "Answers with how the representation was chosen, in place of the representation; the value "
    "is not looked at.",
)
PAGE = Parameter(
    "page",
    "query",
    f"The number of the page; lists have {PAGE_SIZE} entries on a page. Beyond the end is 404.",
    {"type": "string", "pattern": f"^{PAGE_NUMBER.pattern}$", "default": "1"},
)
PAGE_LIST = Parameter(
    "page",
    "query",
    f"The number of the page; lists have {PAGE_SIZE} entries on a page. Beyond the end is 404. "
    f"`{ALL}` has every entry with all that its document says, in one file of RDF.",
    {"type": "string", "pattern": f"^({PAGE_NUMBER.pattern}|{ALL})$", "default": "1"},
    key="page-list",
)
PAGE_SEARCHED = Parameter(
    "page",
    "query",
    "The number of the page; forms send an empty one. Beyond the end is 404.",
    {"type": "string", "pattern": f"^({PAGE_NUMBER.pattern})?$"},
    key="page-search",
)
Q_LIST = Parameter(
    "q",
    "query",
    "What names contain, in any language; umlauts as they are or as ae, oe, ue. The first "
    f"{LONGEST_SEARCH} characters are read.",
    key="q-list",
)
_LABELS = sorted({(one.name, one.en, kind) for kind, facets in FACETS.items() for one in facets})
FACETS_LIST = tuple(
    Parameter(
        name,
        "query",
        f"{', '.join(dict.fromkeys(label for _, label, _ in found))}: a value that the page of the "
        "list names, any number of times; one of them is enough. Of the lists of: "
        f"{', '.join(kind for _, _, kind in found)}. Another value is 400.",
        key=f"{name}-list",
    )
    for name, found in ((name, list(group)) for name, group in groupby(_LABELS, key=itemgetter(0)))
)
"""Of each kind those that it has; the others are passed over."""
OF = Parameter(
    "of",
    "query",
    "A property, as its short IRI. One without values is 404.",
    TEXT,
    lambda known: known.term,
    required=True,
)
BY = Parameter("by", "query", "A property, as its short IRI: only what names the resource by it.")
KIND_OF_MENTIONS = Parameter(
    "kind", "query", "A kind: only resources of it. One without any is 404.", key="kind-mentions"
)
KIND_OF_CHANGES = Parameter(
    "kind",
    "query",
    "A kind, to see it alone; any other word is 400.",
    lambda known: one_of(*KINDS),
    key="kind-changes",
)
Q_SEARCH = Parameter(
    "q",
    "query",
    f"What is looked for; the first {LONGEST} characters are read, none of them is syntax.",
    TEXT,
    lambda known: known.name,
    key="q-search",
)
KIND_SEARCHED = Parameter(
    "kind", "query", "A kind, to see it alone. Any other word is 400.",
    # Every kind can be asked for, be there records of it or not; forms send an empty one.
    lambda known: {"type": "string", "examples": list(known.kinds)},
    key="kind-search",
)  # fmt: skip
EDITION_OF_DESIGN = Parameter(
    "v", "query", "The state of the design: with it, caches may keep the file for good."
)

# Headers

ACCEPT = Parameter(
    "Accept",
    "header",
    "The media types that are liked, as RFC 9110 has it. Browsers get pages, `*/*` gets the "
    "default.",
)
ACCEPT_PROFILE = Parameter(
    "Accept-Profile", "header", "The views that are liked, as IRIs in angle brackets, with `q`."
)
ACCEPT_LANGUAGE = Parameter(
    "Accept-Language",
    "header",
    "The languages that are liked; pages and names are in German or English.",
)
ACCEPT_ENCODING = Parameter(
    "Accept-Encoding", "header", "The codings that are taken: `br` or `gzip`."
)
IF_NONE_MATCH = Parameter(
    "If-None-Match", "header", "Entity tags that the client has; 304 where one is current."
)
IF_MODIFIED_SINCE = Parameter(
    "If-Modified-Since", "header", "When the client fetched its copy; 304 where it is current."
)
IF_MATCH = Parameter("If-Match", "header", "Entity tags; 412 where none of them is current.")
RANGE = Parameter(
    "Range", "header", "One range of bytes, `bytes=0-99`; several get the whole file."
)
IF_RANGE = Parameter(
    "If-Range", "header", "An entity tag or a date: the range only if the file is still the same."
)

CONDITIONS = (IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_MATCH)
"""What any answer with a validator looks at."""
NEGOTIATION = (
    LANG,
    MEDIATYPE,
    PROFILE_TOKEN,
    EXPLAINED,
    ACCEPT,
    ACCEPT_PROFILE,
    ACCEPT_LANGUAGE,
    ACCEPT_ENCODING,
    *CONDITIONS,
)
"""What any answer that is chosen among representations looks at."""
WORDS = (LANG, ACCEPT_LANGUAGE, ACCEPT_ENCODING, *CONDITIONS)
"""What an answer in one format with words in it looks at."""
FILE = (ACCEPT_ENCODING, *CONDITIONS)
"""What an answer in one format that is the same to everybody looks at."""
