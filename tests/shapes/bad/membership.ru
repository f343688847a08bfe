Bad memberships. Each comment names the shape and the constraint that the update breaks.

# Membership-person MinCount
DELETE WHERE { <membership/projektleitung> org:member ?person }
# Membership-person Class
DELETE { ?s org:member ?person } INSERT { ?s org:member <person/niemand> } WHERE { BIND (<membership/projektleitung> AS ?s) ?s org:member ?person }
# Membership-organisation MinCount
DELETE WHERE { <membership/projektleitung> org:organization ?body }
# Membership-organisation MaxCount
INSERT DATA { <membership/projektleitung> org:organization <organisation/verein> }
# Membership-organisation Or
DELETE { ?s org:organization ?body } INSERT { ?s org:organization <topic/forms-of-municipality> } WHERE { BIND (<membership/projektleitung> AS ?s) ?s org:organization ?body }
# Membership-role MinCount
DELETE WHERE { <membership/projektleitung> org:role ?role }
# Membership-role Class
DELETE { ?s org:role ?role } INSERT { ?s org:role <topic/session> } WHERE { BIND (<membership/projektleitung> AS ?s) ?s org:role ?role }
# Membership-title UniqueLang
INSERT DATA { <membership/open-source-board-martin-berger> schema:roleName "Sprecher"@de }
# Membership-onBehalfOf MaxCount
INSERT DATA { <membership/open-source-board-martin-berger> lod:onBehalfOf <organisation/verein> }
# Membership-onBehalfOf Class
DELETE { ?s lod:onBehalfOf ?body } INSERT { ?s lod:onBehalfOf <district/jena/administration> } WHERE { ?s lod:onBehalfOf ?body }
# Membership-startWithin SPARQL
DELETE { ?s schema:startDate ?date } INSERT { ?s schema:startDate "2020-04-30"^^xsd:date } WHERE { BIND (<membership/open-source-board-martin-berger> AS ?s) ?s schema:startDate ?date }
# Membership-endWithin SPARQL
DELETE { ?s schema:endDate ?date } INSERT { ?s schema:endDate "2027"^^xsd:gYear } WHERE { BIND (<membership/open-source-board-martin-berger> AS ?s) ?s schema:endDate ?date }
