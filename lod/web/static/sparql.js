// Puts the editor in the place of the query form's text field, once somebody comes to it: it is larger
// than all the rest of the page. Without it the form works as it is.

const form = document.getElementById("query-form");
const field = document.getElementById("query");

async function vocabulary() {
  try {
    const answer = await fetch(form.dataset.vocabulary);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** Has the editor complete from our own prefixes and terms instead of other people's servers. */
function teach(Yasqe, known) {
  const { prefixes, property, class: classes } = Yasqe.Autocompleters;
  const declarations = Object.entries(known?.prefixes ?? {}).map(([name, iri]) => `${name}: <${iri}>`);
  prefixes.get = () => declarations.sort();
  property.get = () => known?.properties ?? [];
  classes.get = () => known?.classes ?? [];
  for (const completer of [prefixes, property, classes]) {
    completer.bulk = true;
    completer.persistenceId = null;
  }
}

/** Takes the form's place, unless the field was changed meanwhile in a way that would be lost. */
function edit(Yasqe) {
  const host = document.createElement("div");
  const focused = document.activeElement === field;
  const height = field.offsetHeight, caret = field.selectionStart;
  field.before(host);
  const submit = () => form.requestSubmit();
  const editor = new Yasqe(host, {
    value: field.value,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    collapsePrefixesOnLoad: false,
    lineWrapping: true,
    viewportMargin: Infinity,
    // Yasqe's own keys query by script, open other windows, or keep the keyboard in the editor.
    extraKeys: {
      Tab: false,
      "Shift-Tab": false,
      "Ctrl-Space": () => editor.autocomplete(),
      "Ctrl-Enter": submit,
      "Cmd-Enter": submit,
      "Ctrl-/": () => editor.commentLines(),
      "Shift-Ctrl-F": () => editor.autoformat(),
    },
  });
  const input = editor.getInputField();
  input.setAttribute("aria-label", document.getElementById("query-label").textContent);
  input.setAttribute("aria-describedby", field.getAttribute("aria-describedby"));
  input.setAttribute("aria-multiline", "true");
  document.getElementById("query-label").addEventListener("click", () => editor.focus());
  field.hidden = true;
  field.required = false;
  editor.on("change", () => {
    field.value = editor.getValue();
  });
  // As high as the field, so that nothing below it jumps; and the caret stays where it is.
  editor.setSize(null, height);
  editor.setCursor(editor.posFromIndex(caret));
  if (focused) editor.focus();
  window.queryEditor = editor;
}

form.addEventListener("submit", () => {
  // An address of many kilobytes would be cut off on its way.
  form.method = field.value.length > 6000 ? "post" : "get";
});

const raw = document.getElementById("raw");
for (const link of document.querySelectorAll(".raw a")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    raw.hidden = false;
    raw.textContent = form.dataset.loading;
    try {
      const answer = await fetch(link.href);
      raw.textContent = await answer.text();
    } catch {
      raw.textContent = form.dataset.failed;
    }
  });
}

let loading = false;

async function load() {
  if (loading) return;
  loading = true;
  const [{ default: Yasqe }, known] = await Promise.all([import(form.dataset.editor), vocabulary()]);
  teach(Yasqe, known);
  edit(Yasqe);
  document.documentElement.dataset.editor = "ready";
}

for (const coming of ["focus", "pointerenter"]) field.addEventListener(coming, load);
if (document.activeElement === field) load();
