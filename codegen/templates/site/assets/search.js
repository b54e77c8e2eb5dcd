// The search box: a combobox over the errors of the page's language. What a query finds is decided
// in search/find.js; that and the index are loaded when the box is first used.

const MOST_SHOWN = 50;
const LONGEST = 16384;

const search = document.querySelector("search.search");
const input = search?.querySelector("input");
const list = search?.querySelector("[role=listbox]");
const status = search?.querySelector("[role=status]");
const { root, locale } = document.body.dataset;
let loading;
let turn = 0;
let active = null;

/** The errors and how to search them, once; after a failure it is tried again. */
function load() {
  loading ??= (async () => {
    const [finder, answer] = await Promise.all([import("./search/find.js"), fetch(search.dataset.index)]);
    if (!answer.ok) throw new Error(answer.status);
    return { ...finder, errors: finder.load(await answer.json()) };
  })().catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** Shows what the box asks for; of several queries under way only the last one is shown. */
async function update() {
  const mine = ++turn;
  const query = input.value.trim().slice(0, LONGEST);
  if (!query) return close();
  try {
    const index = await load();
    if (mine === turn) show(index.find(index.errors, query), index);
  } catch {
    if (mine === turn) close(search.dataset.failed);
  }
}

function show({ hits, words }, { mark, telling }) {
  const marked = (tag, text, fields) =>
    make(tag, fields, mark(text, words).map(([piece, isHit]) => (isHit ? make("mark", {}, [piece]) : piece)));
  const option = (error, i) => make(
    "a",
    { id: `search_${i}`, role: "option", tabIndex: -1, ariaSelected: false, href: `${root}${locale}/${error.path}` },
    [
      marked("b", error.code || error.status), " ", marked("span", error.name, { className: "name" }), " ",
      make("small", {}, [error.title]), marked("span", telling(error, words), { className: "meaning" }),
    ],
  );
  list.replaceChildren(...hits.slice(0, MOST_SHOWN).map(option));
  const { found, more, none } = search.dataset;
  const text = hits.length > MOST_SHOWN ? more : hits.length ? found : none;
  open(hits.length > 0, text.replace("{n}", hits.length).replace("{shown}", MOST_SHOWN));
}

function make(tag, fields, children) {
  const element = Object.assign(document.createElement(tag), fields);
  element.append(...children);
  return element;
}

function open(isOpen, text) {
  list.hidden = !isOpen;
  input.ariaExpanded = isOpen;
  status.textContent = text;
  list.scrollTop = 0;
  select(null);
}

function close(text = "") {
  turn++;
  list.replaceChildren();
  open(false, text);
}

function select(option) {
  if (active) active.ariaSelected = false;
  active = option;
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.ariaSelected = true;
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

/** Keeps the query in the address, so that it can be linked and is there on the way back. */
function remember() {
  const url = new URL(location.href);
  if (input.value.trim()) url.searchParams.set("q", input.value);
  else url.searchParams.delete("q");
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}

async function press(event) {
  // While Chinese is being composed, keys choose characters.
  if (event.isComposing || event.keyCode === 229) return;
  const isDown = event.key === "ArrowDown";
  if (event.key === "Escape") {
    if (list.hidden && !status.textContent) input.value = "";
    close();
    remember();
  } else if (isDown || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) return update();
    // Beyond either end is the box itself.
    const options = [null, ...list.children];
    const next = options.indexOf(active) + (isDown ? 1 : -1);
    select(options.at(next % options.length));
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (list.hidden) await update();
    (active ?? list.firstChild)?.click();
  }
}

if (search) {
  search.hidden = false;
  input.addEventListener("focus", () => load().catch(() => {}), { once: true });
  input.addEventListener("input", (event) => event.isComposing || update());
  input.addEventListener("compositionend", update);
  input.addEventListener("keydown", press);
  input.addEventListener("change", remember);
  list.addEventListener("click", remember);
  search.addEventListener("focusout", ({ relatedTarget }) => search.contains(relatedTarget) || close());
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.select();
    input.focus();
  });
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  if (input.value) {
    input.focus();
    update();
  }
}
