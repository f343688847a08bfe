Bad persons. Each comment names the shape and the constraint that the update breaks.

# Person Closed
INSERT DATA { <person/martin-berger> schema:email "berger@example.org" }
# Person Closed
INSERT DATA { <person/martin-berger> schema:telephone "+49 3641 0" }
# Person Closed
INSERT DATA { <person/martin-berger> schema:birthDate "1970-01-01"^^xsd:date }
# Person Closed
INSERT DATA { <person/martin-berger> schema:image <https://example.org/bild.jpg> }
# Person-foafName MinCount
DELETE WHERE { <person/martin-berger> foaf:name ?name }
