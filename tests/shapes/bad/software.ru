Bad software. Each comment names the shape and the constraint that the update breaks.

# Software-type-list In
DELETE { ?s dcterms:type ?type } INSERT { ?s dcterms:type <topic/role-member> } WHERE { BIND (<software/plattform> AS ?s) ?s dcterms:type ?type }
# Software-repository MaxCount
INSERT DATA { <software/plattform> schema:codeRepository <https://code.example.org/zwei> }
# Software-repository Pattern
DELETE { ?s schema:codeRepository ?o } INSERT { ?s schema:codeRepository <git:code.example.org/plattform> } WHERE { ?s schema:codeRepository ?o }
# Software-licence Pattern
DELETE { ?s schema:license ?o } INSERT { ?s schema:license <https://example.org/lizenz> } WHERE { BIND (<software/plattform> AS ?s) ?s schema:license ?o }
# Software-licenceNote UniqueLang
INSERT DATA { <software/plattform> schema:copyrightNotice "Nur diese."@de }
# Software-publishers Class
INSERT DATA { <software/plattform> schema:publisher <person/martin-berger> }
# Software-languages NodeKind
INSERT DATA { <software/plattform> schema:programmingLanguage <https://www.python.org/> }
# Software-status In
DELETE { ?s schema:creativeWorkStatus ?o } INSERT { ?s schema:creativeWorkStatus "fertig" } WHERE { ?s schema:creativeWorkStatus ?o }
# Software-basedOn Class
INSERT DATA { <software/plattform> schema:isBasedOn <dataset/verzeichnis> }
# Software-programme MaxCount
INSERT DATA { <software/plattform> lod:fundedUnder <programme/staffel> }
# Software-usedBy Class
INSERT DATA { <software/plattform> lod:usedBy <district/jena/administration> }
# Software-uses Class
INSERT DATA { <software/plattform> schema:potentialAction <event/sitzung> }
# Software-released MaxCount
INSERT DATA { <software/plattform> schema:datePublished "2021"^^xsd:gYear }
# SourceCode-licence MinCount
DELETE WHERE { <software/plattform> schema:license ?licence ; schema:copyrightNotice ?note }
# Use-agent MinCount
DELETE WHERE { <software/plattform/use/organisation-verein> schema:agent ?agent }
# Use-agent Class
DELETE { ?s schema:agent ?o } INSERT { ?s schema:agent <person/martin-berger> } WHERE { BIND (<software/plattform/use/organisation-verein> AS ?s) ?s schema:agent ?o }
