"""SPARQL queries of strangers: each in a process of its own that ends at its deadline.

`syntax` reads what must be known of a query before it runs, `prefixes` what it should have
declared, `pool` runs it in a `worker` behind a `sandbox`, `results` is the table of result formats,
`description` says what is offered.
"""
