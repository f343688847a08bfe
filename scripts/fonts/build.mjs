// Writes the fonts that pictures are lettered with, cut to the letters of European languages, and how
// wide each letter is. The fonts are under the SIL Open Font License, which is written beside them.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import * as fontkit from "fontkit";
import subset from "subset-font";

const OUT = "../../lod/web/pictures/fonts";
const FONTS = {
  serif: ["noto-serif", "700Bold/NotoSerif_700Bold.ttf"],
  sans: ["noto-sans", "400Regular/NotoSans_400Regular.ttf"],
};
// Latin with all its accents, Greek, Cyrillic, punctuation, currencies.
const RANGES = [[0x20, 0x7e], [0xa0, 0x24f], [0x370, 0x3ff], [0x400, 0x4ff], [0x1e00, 0x1eff], [0x2010, 0x205e], [0x20a0, 0x20bf], [0x2100, 0x214f]];
const letters = RANGES.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)));

await mkdir(OUT, { recursive: true });
const widths = {};
for (const [name, [family, file]] of Object.entries(FONTS)) {
  const folder = `node_modules/@expo-google-fonts/${family}`;
  const whole = await readFile(`${folder}/${file}`);
  const cut = await subset(whole, letters.join(""), { targetFormat: "truetype", noLayoutClosure: true });
  await writeFile(`${OUT}/${name}.ttf`, cut);
  await copyFile(`${folder}/LICENSE_FONT`, `${OUT}/OFL.txt`); // both are Noto, with one licence
  const font = fontkit.create(whole);
  const known = letters.filter((letter) => font.hasGlyphForCodePoint(letter.codePointAt(0)));
  // In thousandths of the size.
  widths[name] = Object.fromEntries(known.map((letter) => [letter,
    Math.round((font.glyphForCodePoint(letter.codePointAt(0)).advanceWidth * 1000) / font.unitsPerEm)]));
  console.log(name, font.familyName, font.subfamilyName, cut.length, known.length);
}
await writeFile(`${OUT}/widths.json`, JSON.stringify(widths) + "\n");
