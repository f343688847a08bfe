Bad boards. Each comment names the shape and the constraint that the update breaks.

# Board-type-list Not
DELETE { ?s dcterms:type ?type } INSERT { ?s dcterms:type <topic/association> } WHERE { BIND (<board/open-source-board> AS ?s) ?s dcterms:type ?type }
# Board-initiators Class
INSERT DATA { <board/open-source-board> schema:founder <organisation/niemand> }
# Board-aims MinCount
DELETE WHERE { <board/open-source-board> org:purpose ?aim }
# Board-platform MaxCount
INSERT DATA { <board/open-source-board> lod:platform <software/bibliothek> }
# Board-platform Class
DELETE { ?s lod:platform ?platform } INSERT { ?s lod:platform <dataset/verzeichnis> } WHERE { ?s lod:platform ?platform }
# Board-dissolved MaxCount
INSERT DATA { <board/open-source-board> schema:dissolutionDate "2027"^^xsd:gYear }
# Board-dissolved Node
DELETE { ?s schema:dissolutionDate ?date } INSERT { ?s schema:dissolutionDate "2027" } WHERE { ?s schema:dissolutionDate ?date }
# Board-order SPARQL
DELETE { ?board schema:dissolutionDate ?date . ?seat org:organization ?board }
INSERT { ?board schema:dissolutionDate "2020-04"^^xsd:gYearMonth . ?seat org:organization <organisation/verein> }
WHERE { ?board schema:dissolutionDate ?date . ?seat org:organization ?board }
