// Suggests names while one types, in every field that says where to ask (data-suggest). Without it
// the form works as it is.
// Spec: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

const PAUSE = 120; // milliseconds without a key before the server is asked

function combobox(field) {
  const list = document.createElement("ul");
  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.label);
  list.tabIndex = -1; // it scrolls, so Tab would stop there, and be lost when it is hidden
  list.hidden = true;
  const box = document.createElement("span");
  box.className = "combobox";
  field.before(box);
  box.append(field, list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) field.setAttribute(name, value);

  let chosen = -1, timer = 0, asked = 0;
  const options = () => [...list.querySelectorAll("[role=option]")];

  function close() {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(number) {
    const all = options();
    chosen = (number + all.length) % all.length;
    all.forEach((one, place) => one.setAttribute("aria-selected", String(place === chosen)));
    field.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  }

  /** Goes to the page of what was chosen; where several are to be chosen, takes its name. */
  function take(option) {
    if (field.dataset.take === "name") {
      field.value = option.dataset.reference;
      close();
    } else location.href = option.dataset.page;
  }

  function show([, names, kinds, pages]) {
    list.replaceChildren();
    const groups = new Map();
    names.forEach((name, place) => {
      if (!groups.has(kinds[place])) groups.set(kinds[place], []);
      groups.get(kinds[place]).push([name, pages[place]]);
    });
    let number = 0;
    for (const [kind, members] of groups) {
      const group = document.createElement("li");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", kind);
      group.dataset.kind = kind;
      for (const [name, page] of members) {
        const option = document.createElement("div");
        const path = page.slice(field.dataset.base.length);
        option.id = `${list.id}-${number++}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = name;
        option.dataset.reference = path.replace(/^doc\//, "");
        option.dataset.page = `${field.dataset.root}/${path}${location.search.includes("lang=") ? `?lang=${document.documentElement.lang}` : ""}`;
        option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(option); });
        group.append(option);
      }
      list.append(group);
    }
    chosen = -1;
    list.hidden = number === 0;
    field.setAttribute("aria-expanded", String(number > 0));
    field.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const words = field.value.trim(), number = ++asked;
    if (words.length < 2) return close();
    const address = new URL(field.dataset.suggest, location.href);
    address.searchParams.set("q", words);
    address.searchParams.set("lang", document.documentElement.lang);
    const answer = await fetch(address).catch(() => null);
    // A later letter may have been answered first.
    if (answer?.ok && number === asked && document.activeElement === field) show(await answer.json());
  }

  field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    else if (list.hidden) { if (event.key === "ArrowDown") ask(); }
    else if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen < 0 ? -1 : chosen - 1); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); take(options()[chosen]); }
  });
}

document.querySelectorAll("input[data-suggest]").forEach(combobox);
