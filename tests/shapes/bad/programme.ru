Bad programmes. Each comment names the shape and the constraint that the update breaks.

# Programme-type-list In
DELETE { ?s dcterms:type ?type } INSERT { ?s dcterms:type <topic/model-project> } WHERE { BIND (<programme/foerderprogramm> AS ?s) ?s dcterms:type ?type }
# Programme-type-stated MinCount
DELETE WHERE { <programme/staffel> dcterms:type ?type }
# Programme-partOf Or
INSERT DATA { <programme/staffel> dcterms:isPartOf <organisation/verein> }
# Programme-responsible MinCount
DELETE WHERE { <programme/foerderprogramm> prov:qualifiedAttribution ?one . ?one ?p ?o }
