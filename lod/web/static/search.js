// Searches a static export in the browser. The index lies in small files by the beginnings of words.

const form = document.getElementById("find");
const list = document.getElementById("results");
const tally = document.getElementById("tally");
const asked = new URLSearchParams(location.search);
const MOST = 100;
const LETTERS = { ß: "ss", ø: "o", æ: "a", œ: "o", ł: "l", đ: "d" };

/** Folds words as the index does: Köln, Koeln and Koln are one. */
function folded(words) {
  const plain = words.toLowerCase().replace(/[ßøæœłđ]/g, (letter) => LETTERS[letter]);
  const bare = plain.normalize("NFKD").replace(/\p{M}/gu, "");
  return bare.replace(/(?<![aeq])([aou])e/g, "$1");
}

function tokens(words) {
  return folded(words.slice(0, 200)).match(/[\p{L}\p{N}]+/gu)?.slice(0, 12) ?? [];
}

function shardOf(word) {
  const start = /^\d/.test(word) ? word.slice(0, 4) : word.slice(0, 2);
  return /^[\x00-\x7f]*$/.test(start) ? start : "other";
}

async function load(name) {
  const answer = await fetch(`${list.dataset.index}${name}.json`);
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

/** Returns the entries that have a word beginning with each of the words, the best first. */
async function find(words, kind) {
  const longest = words.reduce((one, other) => (other.length > one.length ? other : one), "");
  const shard = shardOf(longest);
  if (!longest || !(await load("contents")).includes(shard)) return [];
  const whole = words.join("");
  return (await load(shard))
    .filter(([, reference]) => !kind || reference.startsWith(`${kind}/`))
    .map((entry) => ({ entry, known: entry[2].split(" ") }))
    .filter(({ known }) => words.every((word) => known.some((one) => one.startsWith(word))))
    .map(({ entry, known }) => ({ entry, exact: known.includes(whole) ? 0 : 1 }))
    .sort((one, other) => one.exact - other.exact || one.entry[0] - other.entry[0])
    .map(({ entry }) => entry);
}

function item([, reference, , ...names]) {
  const kinds = JSON.parse(list.dataset.kinds);
  const [kind] = reference.split("/");
  const element = document.createElement("li");
  const title = element.appendChild(document.createElement("h2"));
  const link = title.appendChild(document.createElement("a"));
  link.href = `${list.dataset.pages}${reference}${list.dataset.suffix}`;
  link.textContent = names[list.dataset.tongue] ?? names[0];
  const small = element.appendChild(document.createElement("p"));
  small.className = "small";
  const badge = small.appendChild(document.createElement("span"));
  badge.className = "badge";
  badge.textContent = kinds[kind] ?? kind;
  return element;
}

function tell(message, number, words) {
  const said = { number: number.toLocaleString(document.documentElement.lang), words };
  tally.textContent = message.replace(/\{(number|words)\}/g, (_, name) => said[name]);
}

async function search(words, kind) {
  form.elements.q.value = words;
  try {
    const found = await find(tokens(words), kind);
    list.replaceChildren(...found.slice(0, MOST).map(item));
    list.hidden = found.length === 0;
    const { found: some, first, none } = tally.dataset;
    tell(found.length === 0 ? none : found.length > MOST ? first : some, Math.min(found.length, MOST), words);
  } catch {
    tally.textContent = tally.dataset.failed;
  }
}

if (asked.get("q")?.trim()) search(asked.get("q").trim(), asked.get("kind") ?? "");
