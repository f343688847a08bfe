Bad organisations. Each comment names the shape and the constraint that the update breaks.

# Organisation-type-list In
DELETE { ?s dcterms:type ?type } INSERT { ?s dcterms:type <topic/role-member> } WHERE { BIND (<organisation/verein> AS ?s) ?s dcterms:type ?type }
# Organisation-type-stated MinCount
DELETE WHERE { <organisation/verein> dcterms:type ?type }
# Organisation-seat MaxCount
INSERT DATA { <organisation/verein> schema:location <municipality/kahla> }
# Organisation-seat Class
DELETE { ?s schema:location ?seat } INSERT { ?s schema:location <person/martin-berger> } WHERE { BIND (<organisation/verein> AS ?s) ?s schema:location ?seat }
# Organisation-founded MaxCount
INSERT DATA { <organisation/verein> schema:foundingDate "2013"^^xsd:gYear }
# Organisation-founded Node
DELETE { ?s schema:foundingDate ?date } INSERT { ?s schema:foundingDate "Mai 2012" } WHERE { BIND (<organisation/verein> AS ?s) ?s schema:foundingDate ?date }
# Organisation-parents Class
INSERT DATA { <organisation/verein> org:subOrganizationOf <person/martin-berger> }
# Organisation-memberOf Class
INSERT DATA { <organisation/verein> schema:memberOf <district/jena/administration> }
# Organisation-members Class
INSERT DATA { <organisation/verein> schema:member <district/jena/administration> }
