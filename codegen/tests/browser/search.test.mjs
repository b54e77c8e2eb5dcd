// The search box as it is used: by keys, by screen readers, over slow and broken networks.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { errors, locales } from "./data.mjs";
import { launch, open, serve } from "./site.mjs";

let browser, site;
before(async () => {
  browser = await launch();
  site = await serve("site");
});
after(async () => {
  await browser.close();
  site.close();
});

/** Runs a test on a page of its own that must do nothing wrong. */
const on = (path, run, options) => async () => {
  const tab = await open(browser, site, options);
  try {
    await tab.go(path);
    await run(tab.page, tab);
    assert.deepEqual(tab.wrongs, []);
  } finally {
    await tab.close();
  }
};
const box = (page) => page.getByRole("combobox", { name: /Search|搜索/ });
const options = (page, is = {}) => page.locator("#search_results").getByRole("option", is);
const status = (page) => page.locator(".search [role=status]");
const coded = errors.find(({ code }) => code !== undefined);
const place = (error, locale) => `${locale}/${error.catalog.catalog}/${error.code}/`;

for (const locale of locales) {
  describe(locale, () => {
    test("a code leads to its page, by keys alone", on(`${locale}/`, async (page) => {
      await page.keyboard.press("/");
      await assert.doesNotReject(box(page).and(page.locator(":focus")).waitFor());
      assert.equal(await box(page).inputValue(), "");
      await page.keyboard.type(`${coded.code}`);
      await options(page).first().waitFor();
      assert.equal(await box(page).getAttribute("aria-expanded"), "true");
      const text = await options(page).first().innerText();
      for (const part of [`${coded.code}`, coded.name, coded.catalog.title[locale]]) assert(text.includes(part), text);
      await page.keyboard.press("Enter");
      await page.waitForURL(site.url + place(coded, locale));
    }));

    test("arrows choose, Escape closes and then clears, Home and End stay in the box", on(`${locale}/`, async (page) => {
      await box(page).fill("user");
      await options(page).first().waitFor();
      const active = () => box(page).getAttribute("aria-activedescendant");
      assert.equal(await active(), null);
      const selected = options(page, { selected: true });
      for (const [key, index] of [["ArrowDown", 0], ["ArrowDown", 1], ["ArrowUp", 0], ["ArrowUp", null], ["ArrowUp", 49], ["ArrowDown", null]]) {
        await page.keyboard.press(key);
        assert.equal(await active(), index === null ? null : await options(page).nth(index).getAttribute("id"), key);
        assert.equal(await selected.count(), index === null ? 0 : 1);
      }
      await page.keyboard.press("Home");
      await page.keyboard.type("no ");
      assert.equal(await box(page).inputValue(), "no user");
      await page.keyboard.press("End");
      await page.keyboard.type("s");
      assert.equal(await box(page).inputValue(), "no users");
      await page.keyboard.press("Escape");
      assert.equal(await box(page).getAttribute("aria-expanded"), "false");
      assert.equal(await options(page).count(), 0);
      assert.equal(await box(page).inputValue(), "no users");
      await page.keyboard.press("Escape");
      assert.equal(await box(page).inputValue(), "");
      const here = page.url();
      await page.keyboard.press("Enter");
      assert.equal(page.url(), here);
    }));

    test("how many are found is said in the language of the page", on(`${locale}/`, async (page) => {
      const said = locale === "en"
        ? [/^Errors found: 1$/, /^Errors found: \d+\. The first 50 are shown\.$/, /^No error found$/]
        : [/^找到 1 个错误$/, /^找到 \d+ 个错误，仅显示前 50 个$/, /^没有找到错误$/];
      assert.equal(await status(page).innerText(), "");
      for (const [i, query] of [`${coded.catalog.catalog} ${coded.name}`, "e", "no such words"].entries()) {
        await box(page).fill(query);
        await page.waitForFunction(
          ([source]) => new RegExp(source).test(document.querySelector(".search [role=status]").textContent), [said[i].source],
        );
      }
      await box(page).fill("e");
      await options(page).nth(49).waitFor();
      assert.equal(await options(page).count(), 50);
    }));
  });
}

test("hits are marked, and a hostile text is only text", async () => {
  const hostile = await serve("hostile");
  const tab = await open(browser, hostile);
  try {
    await tab.go("en/");
    await box(tab.page).fill("</script>");
    await options(tab.page).first().waitFor();
    assert((await tab.page.locator(".search mark").allInnerTexts()).includes("</script>"));
    assert.equal(await tab.page.locator(".search-panel script, .search-panel b b").count(), 0);
    await box(tab.page).fill("-9223372036854775808");
    assert.match(await options(tab.page).first().innerText(), /^-9223372036854775808 Hostile/);
    await tab.page.keyboard.press("Enter");
    await tab.page.waitForURL(/minus-9223372036854775808/);
    assert.deepEqual(tab.wrongs, []);
  } finally {
    await tab.close();
    hostile.close();
  }
});

test("a pasted line of a log leads to its error", on("en/", async (page) => {
  await box(page).fill(`2026-01-02 12:00:00 ERROR im: 400 {"error":"illegal_argument","error_description":"username [a b] is not legal"}`);
  await options(page).first().waitFor();
  assert.match(await options(page).first().innerText(), /InvalidUsername/);
}));

test("the index is fetched when the box is first used, and once", on("en/", async (page) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.waitForLoadState("networkidle");
  assert.deepEqual(asked.filter((path) => path.includes("search")), []);
  await box(page).focus();
  await page.waitForLoadState("networkidle");
  await box(page).fill("user");
  await options(page).first().waitFor();
  await box(page).blur();
  await box(page).fill("group");
  await options(page).first().waitFor();
  assert.deepEqual(asked.filter((path) => path.endsWith(".json")), ["/en/search.json"]);
}));

test("of queries under way the last one wins, be it none", on("en/", async (page) => {
  let release;
  const held = new Promise((done) => (release = done));
  await page.route("**/search.json", async (route) => {
    await held;
    await route.continue();
  });
  for (const query of ["user", "group", ""]) await box(page).fill(query);
  const loaded = page.waitForResponse("**/search.json");
  release();
  await (await loaded).finished();
  await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
  assert.equal(await options(page).count(), 0);
  assert.equal(await status(page).innerText(), "");
  for (const query of ["user", "group", `${coded.code}`]) await box(page).fill(query);
  await options(page).filter({ hasText: `${coded.code}` }).first().waitFor();
  assert((await options(page).first().innerText()).startsWith(`${coded.code}`));
}));

test("Enter before the index is there waits for it", on("en/", async (page) => {
  await page.route("**/search.json", async (route) => {
    await new Promise((done) => setTimeout(done, 200));
    await route.continue();
  });
  await box(page).fill(`${coded.code}`);
  await page.keyboard.press("Enter");
  await page.waitForURL(site.url + place(coded, "en"));
}));

test("a failed fetch is said, and typing again tries again", async () => {
  const tab = await open(browser, site);
  await tab.go("zh/");
  let isBroken = true;
  await tab.page.route("**/search.json", (route) => (isBroken ? route.fulfill({ status: 503 }) : route.continue()));
  await box(tab.page).fill("user");
  await tab.page.getByText("无法加载搜索数据").waitFor();
  assert.equal(await box(tab.page).getAttribute("aria-expanded"), "false");
  isBroken = false;
  await box(tab.page).fill("users");
  await options(tab.page).first().waitFor();
  // The browser itself tells of the 503.
  assert(tab.wrongs.every((wrong) => wrong.includes("503")), `${tab.wrongs}`);
  await tab.close();
});

test("composing Chinese neither searches nor leaves the page", on("zh/", async (page) => {
  await box(page).focus();
  const input = page.locator("#search_box");
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "yong hu", selectionStart: 7, selectionEnd: 7 });
  await input.dispatchEvent("keydown", { key: "Enter", isComposing: true });
  await input.dispatchEvent("keydown", { key: "ArrowDown", isComposing: true });
  assert.equal(await options(page).count(), 0);
  assert.equal(await status(page).innerText(), "");
  await session.send("Input.insertText", { text: "用户" });
  await options(page).first().waitFor();
  assert.equal(await box(page).inputValue(), "用户");
  assert((await page.locator(".search mark").allInnerTexts()).includes("用户"));
  assert.equal(page.url(), `${site.url}zh/`);
}));

test("a query is kept in the address and there on the way back", on("en/", async (page) => {
  await box(page).fill("user not");
  await options(page).first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/en\/[^?]+\/$/);
  await page.goBack();
  await page.waitForURL(`${site.url}en/?q=user+not`);
  await options(page).first().waitFor();
  assert.equal(await box(page).inputValue(), "user not");
  await page.goto(`${site.url}en/?q=${coded.code}`);
  await options(page).first().waitFor();
  assert((await options(page).first().innerText()).includes(coded.name));
  await page.keyboard.press("Escape");
  assert.equal(await options(page).count(), 0);
}));

test("a click leads to the error, one elsewhere closes", on("en/", async (page) => {
  await box(page).fill("user");
  await options(page).first().waitFor();
  await page.locator("main").click({ position: { x: 5, y: 5 }, force: true });
  assert.equal(await options(page).count(), 0);
  await box(page).fill(`${coded.code}`);
  await options(page).first().click();
  await page.waitForURL(site.url + place(coded, "en"));
}));

test("a slash is typed where something is typed", on("en/", async (page) => {
  await box(page).fill("a");
  await page.keyboard.press("/");
  assert.equal(await box(page).inputValue(), "a/");
}));
