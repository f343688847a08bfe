Bad municipalities. Each comment names the shape and the constraint that the update breaks.

# Municipality-type-list In
DELETE { ?s dcterms:type ?type } INSERT { ?s dcterms:type <topic/landkreis> } WHERE { BIND (<municipality/jena> AS ?s) ?s dcterms:type ?type }
# Municipality-ags Pattern
DELETE { ?s lod:ags ?ags } INSERT { ?s lod:ags "6053000" } WHERE { BIND (<municipality/jena> AS ?s) ?s lod:ags ?ags }
# Municipality-ags Datatype
DELETE { ?s lod:ags ?ags } INSERT { ?s lod:ags "16053000"^^xsd:integer } WHERE { BIND (<municipality/jena> AS ?s) ?s lod:ags ?ags }
# Municipality-ars Pattern
DELETE { ?s lod:ars ?ars } INSERT { ?s lod:ars "16053000" } WHERE { BIND (<municipality/jena> AS ?s) ?s lod:ars ?ars }
# Municipality-associationKey Pattern
DELETE { ?s lod:associationKey ?key } INSERT { ?s lod:associationKey "995745004" } WHERE { ?s lod:associationKey ?key }
# Municipality-key MinCount
DELETE WHERE { <municipality/jena> lod:ags ?ags }
# Municipality-key MaxCount
INSERT DATA { <municipality/jena> lod:associationKey "160530000" }
# Municipality-stateKey MinCount
DELETE WHERE { <municipality/jena> lod:stateKey ?key }
# Municipality-districtKey MinCount
DELETE WHERE { <municipality/jena> lod:districtKey ?key }
# Municipality-districtKey Pattern
DELETE { ?s lod:districtKey ?key ; schema:containedInPlace ?place } INSERT { ?s lod:districtKey "16 53" } WHERE { BIND (<municipality/jena> AS ?s) ?s lod:districtKey ?key ; schema:containedInPlace ?place . ?place lod:districtKey ?key }
# Municipality-containedInPlace MinCount
DELETE WHERE { <municipality/jena> schema:containedInPlace ?place }
# Municipality-containedInPlace Class
INSERT DATA { <municipality/jena> schema:containedInPlace <organisation/verein> }
# Municipality-inState MaxCount
INSERT DATA { <municipality/jena> schema:containedInPlace <state/sachsen> }
# Municipality-inDistrict MaxCount
INSERT DATA { <municipality/jena> schema:containedInPlace <district/saale-holzland-kreis> }
