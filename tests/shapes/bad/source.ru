Bad sources. Each comment names the shape and the constraint that the update breaks.

# Source-url MinCount
DELETE WHERE { <source/article> schema:url ?url }
# Source-url MaxCount
INSERT DATA { <source/article> schema:url <https://example.org/zwei> }
# Source-url Pattern
DELETE { ?s schema:url ?o } INSERT { ?s schema:url <javascript:alert(1)> } WHERE { BIND (<source/article> AS ?s) ?s schema:url ?o }
# Source-publisher UniqueLang
INSERT DATA { <source/article> dc:publisher "Verlag"@de }
# Source-published MaxCount
INSERT DATA { <source/article> schema:datePublished "2024"^^xsd:gYear }
# Source-published Node
DELETE { ?s schema:datePublished ?o } INSERT { ?s schema:datePublished "Oktober 2025" } WHERE { BIND (<source/article> AS ?s) ?s schema:datePublished ?o }
# Source-published Node
DELETE { ?s schema:datePublished ?o } INSERT { ?s schema:datePublished "2025-13"^^xsd:gYearMonth } WHERE { BIND (<source/article> AS ?s) ?s schema:datePublished ?o }
# Source-accessed MaxCount
INSERT DATA { <source/article> lod:accessed "2024"^^xsd:gYear }
# Source-language Pattern
DELETE { ?s schema:inLanguage ?o } INSERT { ?s schema:inLanguage "Deutsch" } WHERE { ?s schema:inLanguage ?o }
# Source-licence MaxCount
INSERT DATA { <source/article> dcterms:license <https://example.org/lizenz> }
# Source-attribution UniqueLang
INSERT DATA { <source/article> schema:creditText "Verlag"@de }
