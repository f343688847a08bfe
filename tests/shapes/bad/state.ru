Bad states. Each comment names the shape and the constraint that the update breaks.

# State-stateKey MinCount
DELETE WHERE { <state/sachsen> lod:stateKey ?key }
# State-stateKey Pattern
DELETE { ?s lod:stateKey ?key } INSERT { ?s lod:stateKey "17" } WHERE { BIND (<state/sachsen> AS ?s) ?s lod:stateKey ?key }
# State-english QualifiedMinCount
DELETE { ?s schema:name ?name } WHERE { BIND (<state/sachsen> AS ?s) ?s schema:name ?name FILTER (LANG(?name) = "en") }
