// Filters, copy buttons, and the choice kept across languages. Pages are whole without it.

const filters = document.querySelector(".filters");
if (filters) {
  const selects = [...filters.querySelectorAll("select")];
  const rows = [...document.querySelectorAll("table.errors tbody tr")];
  const reset = filters.querySelector(".reset");

  const apply = () => {
    const wanted = selects.filter(({ value }) => value);
    for (const row of rows) row.hidden = wanted.some(({ name, value }) => row.dataset[name] !== value);
    for (const group of document.querySelectorAll("section.group")) {
      group.hidden = !group.querySelector("tbody tr:not([hidden])");
    }
    reset.disabled = !wanted.length;
    const shown = rows.filter(({ hidden }) => !hidden).length;
    filters.querySelector("output").textContent = filters.dataset.count.replace("{n}", shown);
  };

  // What the address says; a value that is no choice here is none.
  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const select of selects) {
      select.value = query.get(select.name) ?? "";
      if (select.selectedIndex < 0) select.value = "";
    }
    apply();
  };

  const write = () => {
    const url = new URL(location.href);
    for (const { name, value } of selects) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    history.replaceState(null, "", url);
    apply();
  };

  filters.addEventListener("change", write);
  reset.addEventListener("click", () => {
    for (const select of selects) select.value = "";
    write();
    selects[0].focus();
  });
  addEventListener("popstate", read);
  read();
}

for (const button of document.querySelectorAll("button.copy")) {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = button.dataset.done;
      setTimeout(() => (button.textContent = label), 2000);
    } catch {
      // Not allowed here: the reader copies what is selected.
      getSelection().selectAllChildren(source);
    }
  });
}

for (const link of document.querySelectorAll(".languages a")) {
  const { href } = link;
  link.addEventListener("click", () => (link.href = href + location.search + location.hash));
}
