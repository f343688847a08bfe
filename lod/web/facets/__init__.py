"""Facets: narrowing the list of a kind by what its entries have in common."""
