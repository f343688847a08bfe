Bad datasets. Each comment names the shape and the constraint that the update breaks.

# Dataset-title MinCount
DELETE WHERE { <dataset/verzeichnis> dcterms:title ?title }
# Dataset-description MinCount
DELETE WHERE { <dataset/verzeichnis> dcterms:description ?words }
# Dataset-publisher MinCount
DELETE WHERE { <dataset/verzeichnis> dcterms:publisher ?agent }
# Dataset-publisher Class
DELETE { ?s dcterms:publisher ?o } INSERT { ?s dcterms:publisher <person/martin-berger> } WHERE { ?s dcterms:publisher ?o }
# Dataset-licence MaxCount
INSERT DATA { <dataset/verzeichnis> dcterms:license <http://dcat-ap.de/def/licenses/cc-zero> }
# Dataset-licence-stated MinCount
DELETE { ?s dcterms:license ?o } WHERE { VALUES ?class { dcat:Dataset dcat:Distribution } ?s a ?class ; dcterms:license ?o }
# Dataset-licence-listed Pattern
DELETE { ?s dcterms:license ?o } INSERT { ?s dcterms:license <https://example.org/lizenz> } WHERE { ?s a dcat:Distribution ; dcterms:license ?o }
# Dataset-attribution UniqueLang
INSERT DATA { <dataset/verzeichnis> schema:creditText "Ein anderes Amt"@de }
# Dataset-themes MinCount
DELETE WHERE { <dataset/verzeichnis> dcat:theme ?theme }
# Dataset-themes Pattern
INSERT DATA { <dataset/verzeichnis> dcat:theme <https://example.org/thema> }
# Dataset-keywords NodeKind
INSERT DATA { <dataset/verzeichnis> dcat:keyword <topic/open-source> }
# Dataset-places Or
INSERT DATA { <dataset/verzeichnis> dcterms:spatial <https://example.org/ort> }
# Dataset-issued MaxCount
INSERT DATA { <dataset/verzeichnis> dcterms:issued "2020"^^xsd:gYear }
# Dataset-modified Node
DELETE { ?s dcterms:modified ?o } INSERT { ?s dcterms:modified "gestern" } WHERE { ?s dcterms:modified ?o }
# Dataset-files MinCount
DELETE WHERE { <dataset/verzeichnis> dcat:distribution ?file }
# Dataset-files Class
INSERT DATA { <dataset/verzeichnis> dcat:distribution <https://example.org/datei.csv> }
# Coverage-start MaxCount
INSERT DATA { <dataset/verzeichnis/period> dcat:startDate "2021"^^xsd:gYear }
# Coverage-end Node
DELETE { ?s dcat:endDate ?o } INSERT { ?s dcat:endDate "Ende 2022" } WHERE { ?s dcat:endDate ?o }
# Coverage-order SPARQL
DELETE { ?s dcat:endDate ?o } INSERT { ?s dcat:endDate "2021-12-31"^^xsd:date } WHERE { ?s dcat:endDate ?o }
# Distribution-address MinCount
DELETE WHERE { ?file dcat:accessURL ?address }
# Distribution-address Pattern
DELETE { ?s dcat:accessURL ?o } INSERT { ?s dcat:accessURL <ftp://example.org/gv> } WHERE { ?s dcat:accessURL ?o }
# Distribution-download NodeKind
DELETE { ?s dcat:downloadURL ?o } INSERT { ?s dcat:downloadURL "https://example.org/gv" } WHERE { ?s dcat:downloadURL ?o }
# Distribution-title UniqueLang
INSERT { ?file dcterms:title "Noch ein Titel"@de } WHERE { ?file a dcat:Distribution }
# Distribution-format Pattern
DELETE { ?s dcterms:format ?o } INSERT { ?s dcterms:format <http://publications.europa.eu/resource/authority/file-type/csv> } WHERE { ?s dcterms:format ?o }
# Distribution-licence MaxCount
INSERT { ?file dcterms:license <http://dcat-ap.de/def/licenses/cc-zero> } WHERE { ?file a dcat:Distribution }
