Bad parts, and what the kinds share. Each comment names the shape and the constraint that the
update breaks.

# name MinCount
DELETE WHERE { <municipality/jena> schema:name ?name }
# name MinCount
DELETE WHERE { <municipality/jena/administration> schema:name ?name }
# name MinCount
DELETE WHERE { <project/smart-city-jena/phase/phase-a> schema:name ?name }
# name-languages UniqueLang
INSERT DATA { <municipality/jena> schema:name "Jene"@de }
# name-languages UniqueLang
INSERT DATA { <source/article> schema:name "Bericht"@de }
# name-german QualifiedMinCount
DELETE { ?s schema:name ?o } WHERE { BIND (<event/sitzung> AS ?s) ?s schema:name ?o FILTER (LANG(?o) = "de") }
# other-names NodeKind
INSERT DATA { <municipality/jena> schema:alternateName <https://example.org/jena> }
# former-names Class
INSERT DATA { <municipality/jena> lod:formerName <municipality/kahla> }
# description-languages UniqueLang
INSERT DATA { <municipality/jena> schema:description "Noch ein Satz."@de }
# description-german QualifiedMinCount
DELETE { ?s schema:description ?o } WHERE { BIND (<event/sitzung> AS ?s) ?s schema:description ?o FILTER (LANG(?o) = "de") }
# description-english QualifiedMinCount
DELETE { ?s schema:description ?o } WHERE { BIND (<event/sitzung> AS ?s) ?s schema:description ?o FILTER (LANG(?o) = "en") }
# note UniqueLang
INSERT DATA { <municipality/jena> skos:note "Noch eine."@de }
# homepage MaxCount
INSERT DATA { <municipality/jena> schema:url <https://jena.example.org/> }
# homepage NodeKind
DELETE { ?s schema:url ?o } INSERT { ?s schema:url "https://www.jena.de/" } WHERE { BIND (<municipality/jena> AS ?s) ?s schema:url ?o }
# homepage Pattern
DELETE { ?s schema:url ?o } INSERT { ?s schema:url <javascript:alert(1)> } WHERE { BIND (<municipality/jena> AS ?s) ?s schema:url ?o }
# topics Class
INSERT DATA { <municipality/jena> dcterms:subject <topic/fields> }
# type MaxCount
INSERT DATA { <organisation/verein> dcterms:type <topic/board> }
# type Class
DELETE { ?s dcterms:type ?o } INSERT { ?s dcterms:type <topic/forms-of-municipality> } WHERE { BIND (<municipality/jena> AS ?s) ?s dcterms:type ?o }
# same-as NodeKind
INSERT DATA { <municipality/jena> owl:sameAs "https://example.org/jena" }
# same-as Pattern
INSERT DATA { <municipality/jena> owl:sameAs <urn:jena> }
# figures Class
INSERT DATA { <municipality/jena> lod:figure <municipality/kahla> }
# involvements Class
INSERT DATA { <programme/foerderprogramm> prov:qualifiedAttribution <organisation/verein> }
# sources MinCount
DELETE WHERE { <municipality/kahla> prov:wasDerivedFrom ?source }
# sources MinCount
DELETE WHERE { <topic/session> prov:wasDerivedFrom ?source }
# sources-exist Class
INSERT DATA { <municipality/jena> prov:wasDerivedFrom <source/niemand> }
# sources-exist Class
INSERT DATA { <project/smart-city-jena/phase/phase-a> prov:wasDerivedFrom <source/niemand> }
# part-sources MinCount
DELETE { ?whole dcterms:hasPart ?s } WHERE { BIND (<project/smart-city-jena/phase/phase-b> AS ?s) ?whole dcterms:hasPart ?s }
# start MaxCount
INSERT DATA { <project/smart-city-jena> schema:startDate "2020"^^xsd:gYear }
# start Node
INSERT DATA { <project/handlungsfeld> schema:startDate "seit 2020" }
# end MaxCount
INSERT DATA { <project/smart-city-jena> schema:endDate "2028"^^xsd:gYear }
# end Node
DELETE { ?s schema:endDate ?o } INSERT { ?s schema:endDate "2028-02-30"^^xsd:date } WHERE { BIND (<project/smart-city-jena> AS ?s) ?s schema:endDate ?o }
# period-order SPARQL
DELETE { ?s schema:endDate ?o } INSERT { ?s schema:endDate "2020-08-31"^^xsd:date } WHERE { BIND (<project/smart-city-jena> AS ?s) ?s schema:endDate ?o }
# period-order SPARQL
DELETE { ?s schema:endDate ?o } INSERT { ?s schema:endDate "2019"^^xsd:gYear } WHERE { BIND (<project/smart-city-jena/phase/phase-a> AS ?s) ?s schema:endDate ?o }
# part-of-itself SPARQL
INSERT DATA { <programme/foerderprogramm> dcterms:isPartOf <programme/staffel> }
# place-area MaxCount
INSERT DATA { <municipality/jena> geo:hasMetricArea "1.0E3"^^xsd:double }
# place-area MinInclusive
DELETE { ?s geo:hasMetricArea ?o } INSERT { ?s geo:hasMetricArea "-1.0E0"^^xsd:double } WHERE { ?s geo:hasMetricArea ?o }
# place-geometry MaxCount
INSERT DATA { <municipality/jena> geo:hasGeometry <municipality/zwei/geometry> . <municipality/zwei/geometry> a geo:Geometry ; schema:latitude 51.0 ; schema:longitude 11.0 ; geo:asWKT "POINT(11 51)"^^geo:wktLiteral }
# place-geometry Class
INSERT DATA { <municipality/kahla> geo:hasGeometry <municipality/jena> }
# place-nuts Pattern
DELETE { ?s lod:nuts ?o } INSERT { ?s lod:nuts "AT130" } WHERE { ?s lod:nuts ?o }
# administration-area MaxCount
INSERT DATA { <municipality/jena/administration> schema:areaServed <municipality/kahla> }
# administration-area Class
DELETE { ?s schema:areaServed ?o } INSERT { ?s schema:areaServed <organisation/verein> } WHERE { BIND (<municipality/jena/administration> AS ?s) ?s schema:areaServed ?o }
# geometry-latitude MinInclusive
DELETE { ?s schema:latitude ?o } INSERT { ?s schema:latitude 11.58 } WHERE { ?s schema:latitude ?o }
# geometry-latitude MaxInclusive
DELETE { ?s schema:latitude ?o } INSERT { ?s schema:latitude 55.2 } WHERE { ?s schema:latitude ?o }
# geometry-latitude MinCount
DELETE WHERE { ?s schema:latitude ?o }
# geometry-longitude MaxInclusive
DELETE { ?s schema:longitude ?o } INSERT { ?s schema:longitude 50.9 } WHERE { ?s schema:longitude ?o }
# geometry-longitude MinInclusive
DELETE { ?s schema:longitude ?o } INSERT { ?s schema:longitude 5.7 } WHERE { ?s schema:longitude ?o }
# geometry-wkt Pattern
DELETE { ?s geo:asWKT ?o } INSERT { ?s geo:asWKT "11.58, 50.93"^^geo:wktLiteral } WHERE { ?s geo:asWKT ?o }
# geometry-wkt Datatype
DELETE { ?s geo:asWKT ?o } INSERT { ?s geo:asWKT "POINT(11.58 50.93)" } WHERE { ?s geo:asWKT ?o }
# figure-measure MinCount
DELETE WHERE { <municipality/jena/population> schema:measuredProperty ?measure }
# figure-measure In
DELETE { ?s schema:measuredProperty ?o } INSERT { ?s schema:measuredProperty lod:happiness } WHERE { BIND (<municipality/jena/population> AS ?s) ?s schema:measuredProperty ?o }
# figure-value MinCount
DELETE WHERE { <municipality/jena/population> schema:value ?value }
# figure-value MaxCount
INSERT DATA { <municipality/jena/population> schema:minValue 100000 }
# figure-value MinInclusive
DELETE { ?s schema:value ?o } INSERT { ?s schema:value -1 } WHERE { BIND (<municipality/jena/population> AS ?s) ?s schema:value ?o }
# figure-date MaxCount
INSERT DATA { <municipality/jena/population> schema:observationDate "2021"^^xsd:gYear }
# figure-date Pattern
DELETE { ?s schema:observationDate ?o } INSERT { ?s schema:observationDate "31.12.2022" } WHERE { BIND (<municipality/jena/population> AS ?s) ?s schema:observationDate ?o }
# figure-sources MinCount
DELETE { ?whole lod:figure ?s } WHERE { BIND (<project/smart-city-jena/figure/grant> AS ?s) ?whole lod:figure ?s }
# money-currency MinCount
DELETE WHERE { <project/smart-city-jena/figure/grant> schema:currency ?currency }
# money-currency In
DELETE { ?s schema:currency ?o } INSERT { ?s schema:currency "DEM" } WHERE { BIND (<project/smart-city-jena/figure/grant> AS ?s) ?s schema:currency ?o }
# percentage-value MaxInclusive
DELETE { ?s schema:value ?o } INSERT { ?s schema:value 900 } WHERE { ?s schema:unitText "%" ; schema:value ?o }
# involvement-agent MinCount
DELETE { ?s prov:agent ?o } WHERE { <project/smart-city-jena> prov:qualifiedAttribution ?s . ?s prov:agent ?o }
# involvement-agent Class
DELETE { ?s prov:agent ?o } INSERT { ?s prov:agent <district/jena/administration> } WHERE { <project/smart-city-jena> prov:qualifiedAttribution ?s . ?s prov:agent ?o }
# involvement-role MinCount
DELETE { ?s dcat:hadRole ?o } WHERE { <project/smart-city-jena> prov:qualifiedAttribution ?s . ?s dcat:hadRole ?o }
# involvement-role Class
DELETE { ?s dcat:hadRole ?o } INSERT { ?s dcat:hadRole <topic/session> } WHERE { <project/smart-city-jena> prov:qualifiedAttribution ?s . ?s dcat:hadRole ?o }
