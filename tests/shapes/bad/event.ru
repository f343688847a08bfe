Bad events. Each comment names the shape and the constraint that the update breaks.

# Event-type-list In
DELETE { ?s dcterms:type ?type } INSERT { ?s dcterms:type <topic/open-source> } WHERE { BIND (<event/sitzung> AS ?s) ?s dcterms:type ?type }
# Event-time MinCount
DELETE WHERE { <event/sitzung> schema:startDate ?start ; lod:statedTime ?time }
# Event-statedTime UniqueLang
INSERT DATA { <event/sitzung> lod:statedTime "im Oktober"@de }
# Event-organisers Class
INSERT DATA { <event/sitzung> schema:organizer <person/martin-berger> }
# Event-partOf Or
INSERT DATA { <event/sitzung> dcterms:isPartOf <software/plattform> }
# Event-place MaxCount
INSERT DATA { <event/sitzung> schema:location <municipality/kahla> }
# Event-place Class
DELETE { ?s schema:location ?place } INSERT { ?s schema:location <municipality/jena/administration> } WHERE { BIND (<event/sitzung> AS ?s) ?s schema:location ?place }
