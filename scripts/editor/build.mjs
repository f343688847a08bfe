// Bundles the pinned editor into lod/web/static/vendor, with the licences of all that is inside.
import { build } from "esbuild";
import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";

const target = path.resolve("../../lod/web/static/vendor");

// The page completes from its own prefixes, so that the editor's table of foreign ones stays out.
const withoutForeignPrefixes = {
  name: "without-foreign-prefixes",
  setup(bundler) {
    bundler.onLoad({ filter: /yasqe\.esm\.js$/ }, async ({ path: file }) => {
      // The table, and the constants before it that nothing else reads.
      const table = /(?:[\w$]+ = "[^"]*",\s*)+prefixes_default = \{[^{}]*\}/;
      const contents = await readFile(file, "utf8");
      if (!table.test(contents)) throw new Error(`${file}: expected the table of prefixes; look for it anew`);
      return { contents: contents.replace(table, "prefixes_default = {}"), loader: "js" };
    });
  },
};
const result = await build({
  entryPoints: ["entry.js"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  loader: { ".svg": "dataurl" },
  plugins: [withoutForeignPrefixes],
  metafile: true,
  outfile: path.join(target, "yasqe.js"),
});

// The editor's own package comes already bundled, so that what it contains is read off its
// dependencies and not off the bundle.
const packages = new Map();
async function collect(name, from) {
  let folder = null;
  for (let at = path.resolve(from); !folder; at = path.dirname(at)) {
    const candidate = path.join(at, "node_modules", name);
    if (await readFile(path.join(candidate, "package.json")).catch(() => null)) folder = candidate;
    if (at === path.dirname(at)) break;
  }
  if (!folder || packages.has(folder)) return;
  const described = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  packages.set(folder, described);
  for (const inner of Object.keys(described.dependencies ?? {})) await collect(inner, folder);
}
await collect("@zazuko/yasqe", ".");

let words = "The file yasqe.js contains these packages.\n";
for (const [folder, described] of [...packages].sort((a, b) => a[1].name.localeCompare(b[1].name))) {
  const name = (await readdir(folder)).find((file) => /^licen[cs]e(\.|$)/i.test(file));
  const text = name ? await readFile(path.join(folder, name), "utf8") : await readFile("MIT.txt", "utf8");
  words += `\n${"=".repeat(72)}\n${described.name} ${described.version}: ${described.license}\n`;
  words += `${described.homepage ?? ""}\n\n${text.trim()}\n`;
}
await writeFile(path.join(target, "yasqe.LICENCES.txt"), words);
console.log(Object.keys(result.metafile.outputs).join("\n"));
