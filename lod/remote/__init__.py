"""A store of its own: any server that speaks SPARQL 1.1 in place of the embedded engine.

`push` loads a release into it, `engine` reads documents from it, `asking` answers queries of
strangers through it; `client` sends requests, `endpoint` knows where to, `loaded` what is there.
"""
