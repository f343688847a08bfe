Bad districts. Each comment names the shape and the constraint that the update breaks.

# District-type-list In
DELETE { ?s dcterms:type ?type } INSERT { ?s dcterms:type <topic/kreisfreie-stadt> } WHERE { BIND (<district/saale-holzland-kreis> AS ?s) ?s dcterms:type ?type }
# District-districtKey MinCount
DELETE { <district/jena> lod:districtKey ?key } WHERE { <district/jena> lod:districtKey ?key }
# District-stateKey MinCount
DELETE WHERE { <district/jena> lod:stateKey ?key }
# District-containedInPlace MinCount
DELETE WHERE { <district/jena> schema:containedInPlace ?state }
# District-containedInPlace Class
DELETE { <district/jena> schema:containedInPlace ?state }
INSERT { <district/jena> schema:containedInPlace <municipality/region-zweier-laender> }
WHERE { <district/jena> schema:containedInPlace ?state }
# District-inState MaxCount
DELETE { <district/jena> schema:containedInPlace ?state }
INSERT { <district/jena> schema:containedInPlace <state/sachsen> }
WHERE { <district/jena> schema:containedInPlace ?state }
