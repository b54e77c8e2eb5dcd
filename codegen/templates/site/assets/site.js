// Filters, copy buttons, and the choice kept across languages. Pages are whole without it.

const filters = document.querySelector(".filters");
if (filters) {
  const selects = [...filters.querySelectorAll("select")];
  const rows = [...document.querySelectorAll("table.errors tbody tr")];
  const groups = [...document.querySelectorAll("section.group")];
  const reset = filters.querySelector(".reset");
  const count = filters.querySelector("output");

  const apply = () => {
    const wanted = selects.filter((select) => select.value);
    let shown = 0;
    for (const row of rows) {
      row.hidden = wanted.some((select) => row.dataset[select.name] !== select.value);
      if (!row.hidden) shown += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("tbody tr:not([hidden])");
    reset.disabled = wanted.length === 0;
    count.textContent = filters.dataset.count.replace("{n}", shown);
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
    const query = new URLSearchParams(location.search);
    for (const { name, value } of selects) {
      if (value) query.set(name, value);
      else query.delete(name);
    }
    const search = query.size ? `?${query}` : "";
    history.replaceState(null, "", location.pathname + search + location.hash);
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
  const href = link.getAttribute("href");
  link.addEventListener("click", () => link.setAttribute("href", href + location.search + location.hash));
}
