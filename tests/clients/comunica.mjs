// Asks Comunica queries about the fragments of a server: {source, queries} as JSON on standard input,
// the rows of each query as JSON on standard output, every term as N-Triples has it.
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

const clients = createRequire(`${process.env.LOD_CLIENTS}/`);
const { QueryEngine } = clients("@comunica/query-sparql");
const { termToString } = clients("rdf-string-ttl");

const { source, queries } = JSON.parse(await text(process.stdin));
const engine = new QueryEngine();
const answers = [];
for (const query of queries) {
  const bindings = await engine.queryBindings(query, { sources: [source] });
  const rows = [];
  for await (const row of bindings) {
    rows.push(Object.fromEntries([...row].map(([name, term]) => [name.value, termToString(term)])));
  }
  answers.push(rows);
}
console.log(JSON.stringify(answers));
