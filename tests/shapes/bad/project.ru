Bad projects. Each comment names the shape and the constraint that the update breaks.

# Project-type-list In
DELETE { ?s dcterms:type ?type } INSERT { ?s dcterms:type <topic/funding-programme> } WHERE { BIND (<project/smart-city-jena> AS ?s) ?s dcterms:type ?type }
# Project-belongs MinCount
DELETE WHERE { <project/handlungsfeld> dcterms:isPartOf ?whole }
# Project-partOf Or
INSERT DATA { <project/handlungsfeld> dcterms:isPartOf <event/sitzung> }
# Project-programme MaxCount
INSERT DATA { <project/smart-city-jena> lod:fundedUnder <programme/foerderprogramm> }
# Project-programme Class
INSERT DATA { <project/handlungsfeld> lod:fundedUnder <organisation/verein> }
# Project-code MaxCount
INSERT DATA { <project/handlungsfeld> dcterms:identifier "HF3" }
# Project-lead Class
INSERT DATA { <project/smart-city-jena> lod:lead <person/martin-berger> }
# Project-members Class
INSERT DATA { <project/smart-city-jena> schema:member <district/jena/administration> }
# Project-funders Class
INSERT DATA { <project/smart-city-jena> schema:funder <programme/staffel> }
# Project-places Class
INSERT DATA { <project/smart-city-jena> schema:location <organisation/verein> }
# Project-phases Class
INSERT DATA { <project/smart-city-jena> dcterms:hasPart <project/handlungsfeld> }
