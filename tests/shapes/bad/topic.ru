Bad topics. Each comment names the shape and the constraint that the update breaks.

# Topic-label UniqueLang
INSERT DATA { <topic/session> skos:prefLabel "Zusammenkunft"@de }
# Topic-label-german QualifiedMinCount
DELETE { ?s skos:prefLabel ?o } WHERE { BIND (<topic/session> AS ?s) ?s skos:prefLabel ?o FILTER (LANG(?o) = "de") }
# Topic-label-english QualifiedMinCount
DELETE { ?s skos:prefLabel ?o } WHERE { BIND (<topic/forms-of-municipality> AS ?s) ?s skos:prefLabel ?o FILTER (LANG(?o) = "en") }
# Topic-otherLabels NodeKind
INSERT DATA { <topic/session> skos:altLabel <https://example.org/treffen> }
# Topic-definition UniqueLang
INSERT DATA { <topic/open-source> skos:definition "Frei."@de }
# Topic-scheme MinCount
DELETE WHERE { <topic/session> skos:inScheme ?scheme }
# Topic-scheme MaxCount
INSERT DATA { <topic/role-lead> skos:inScheme <topic/fields> }
# Topic-scheme Class
DELETE { ?s skos:inScheme ?o } INSERT { ?s skos:inScheme <topic/board> } WHERE { BIND (<topic/role-lead> AS ?s) ?s skos:inScheme ?o }
# Topic-broader Class
INSERT DATA { <topic/session> skos:broader <topic/forms-of-municipality> }
# Broader-circle SPARQL
INSERT DATA { <topic/software-topic> skos:broader <topic/open-source> }
# Topic-code MaxCount
INSERT DATA { <topic/open-source> skos:notation "8" }
# Topic-sameAs Pattern
INSERT DATA { <topic/open-source> skos:exactMatch <urn:oss> }
# Scheme-title MinCount
DELETE WHERE { <topic/forms-of-municipality> dcterms:title ?title }
