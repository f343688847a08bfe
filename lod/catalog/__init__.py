"""A release as DCAT catalog, as VoID description and as what search engines read."""

from lod.catalog.dcat import Catalog
from lod.catalog.facts import Facts
from lod.catalog.google import schema_org
from lod.catalog.model import dump_name
from lod.catalog.recorded import recorded
from lod.catalog.void import void

__all__ = ["Catalog", "Facts", "dump_name", "recorded", "schema_org", "void"]
