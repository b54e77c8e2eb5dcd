// Every template of the site in both languages: readable, valid, and quiet.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { FileSystemConfigLoader, HtmlValidate } from "html-validate";

import { errors, locales, random, work } from "./data.mjs";
import { launch, open, serve } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const files = (site) =>
  readdirSync(join(work, site), { recursive: true }).filter((path) => path.endsWith(".html")).map((path) => path.replaceAll("\\", "/"));
const source = (site, path) => readFileSync(join(work, site, path), "utf8");
const isRedirect = (site, path) => /http-equiv="?refresh/i.test(source(site, path));

/** A page of each template, and some errors more. */
function samples() {
  const next = random(7);
  const some = files("site").filter((path) => path.startsWith("en/") && path.split("/").length === 4 && !isRedirect("site", path));
  const picked = Array.from({ length: 3 }, () => some[Math.floor(next() * some.length)]);
  // The longest page is the likeliest to break something.
  picked.push(some.reduce((a, b) => (source("site", a).length > source("site", b).length ? a : b)));
  const { catalog } = errors[0];
  const paths = ["", "by-code.html", "by-name.html", `${catalog.catalog}/`, "jmessage-server/"];
  return [...new Set([...paths, ...picked.map((path) => path.slice(3).replace(/index\.html$/, ""))])];
}

let browser, site, hostile;
before(async () => {
  browser = await launch();
  [site, hostile] = [await serve("site"), await serve("hostile")];
});
after(async () => {
  await browser.close();
  site.close();
  hostile.close();
});

/** Opens pages one after another in one tab, which must do nothing wrong. */
async function each(folder, paths, options, run) {
  const tab = await open(browser, folder, options);
  try {
    for (const path of paths) {
      await tab.go(path);
      await run(tab.page, path);
      assert.deepEqual(tab.wrongs, [], path);
    }
  } finally {
    await tab.close();
  }
}

const violations = (page) => page.evaluate(`(${async () => {
  const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")}`);
}})()`);

const special = () => {
  const removed = files("hostile").filter((path) => /^(en|zh)\/hostile\/[^/]+\/index\.html$/.test(path) && !isRedirect("hostile", path));
  return removed.map((path) => path.replace(/index\.html$/, ""));
};

for (const colorScheme of ["light", "dark"]) {
  for (const locale of locales) {
    test(`accessible in ${colorScheme} colours, ${locale}`, async () => {
      const paths = samples().map((path) => `${locale}/${path}`);
      await each(site, [...paths, ""], { colorScheme }, async (page, path) => {
        await page.evaluate(axe);
        assert.deepEqual(await violations(page), [], path);
        if (path !== `${locale}/`) return;
        await page.locator("#search_box").fill("user");
        await page.locator("#search_results [role=option]").first().waitFor();
        await page.keyboard.press("ArrowDown");
        assert.deepEqual(await violations(page), [], `${path}, searching`);
      });
      await each(hostile, special().filter((path) => path.startsWith(locale)), { colorScheme }, async (page, path) => {
        await page.evaluate(axe);
        assert.deepEqual(await violations(page), [], path);
      });
    });
  }
}

test("dark colours are dark", async () => {
  const light = {};
  const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const paths = samples().map((path) => `en/${path}`);
  await each(site, paths, { colorScheme: "light" }, async (page, path) => (light[path] = await background(page)));
  await each(site, paths, { colorScheme: "dark" }, async (page, path) => {
    const dark = await background(page);
    assert.notEqual(dark, light[path], path);
    assert(dark.match(/\d+/g).slice(0, 3).every((part) => part < 64), dark);
  });
});

for (const width of [360, 1440]) {
  test(`nothing is wider than a screen of ${width} pixels`, async () => {
    const paths = locales.flatMap((locale) => samples().map((path) => `${locale}/${path}`));
    const fits = async (page, path) => {
      const widths = () => page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      const [scrolled, seen] = await widths();
      assert(scrolled <= seen, `${path}: ${scrolled} of ${seen}`);
      if (!path) return;
      await page.locator("#search_box").fill("user");
      await page.locator("#search_results [role=option]").first().waitFor();
      const [searching] = await widths();
      assert(searching <= seen, `${path}, searching: ${searching} of ${seen}`);
    };
    await each(site, ["", ...paths], { viewport: { width, height: 800 } }, fits);
    await each(hostile, special(), { viewport: { width, height: 800 } }, fits);
  });
}

test("another language is the same page, with its filters", async () => {
  const [first] = errors.filter(({ code }) => code !== undefined);
  const paths = [`en/${first.catalog.catalog}/${first.code}/`, "en/by-code.html", "en/jmessage-server/"];
  await each(site, paths, {}, async (page, path) => {
    await page.locator(".languages a[lang=zh]").click();
    await page.waitForURL(site.url + path.replace(/^en/, "zh"));
    assert.equal(await page.locator("html").getAttribute("lang"), "zh");
  });
});

test("filters are kept in the address and narrow the list", async () => {
  await each(site, ["en/"], {}, async (page) => {
    const shown = () => page.locator("table.errors tbody tr:visible").count();
    const whole = await shown();
    const select = page.locator(".filters select").first();
    const value = await select.locator("option").nth(1).getAttribute("value");
    await select.selectOption(value);
    const some = await shown();
    assert(some > 0 && some < whole, `${some} of ${whole}`);
    const query = `?${new URLSearchParams({ [await select.getAttribute("name")]: value })}`;
    assert.equal(new URL(page.url()).search, query);
    await page.reload();
    assert.equal(await shown(), some);
    await page.locator(".languages a[lang=zh]").click();
    await page.waitForURL(`${site.url}zh/${query}`);
    assert.equal(await shown(), some);
  });
});

test("without scripts every page is there to read, and each error by code and name", async () => {
  const paths = locales.flatMap((locale) => samples().map((path) => `${locale}/${path}`));
  await each(site, paths, { javaScriptEnabled: false }, async (page, path) => {
    assert((await page.locator("main").innerText()).length > 80, path);
    assert.equal(await page.locator("#search_box").isVisible(), false);
    assert.equal(await page.locator(".search-less").isVisible(), true, path);
  });
  await each(site, ["en/"], { javaScriptEnabled: false }, async (page) => {
    for (const list of ["by-code.html", "by-name.html"]) {
      await page.goto(`${site.url}en/`);
      await page.locator(`main a[href$='${list}']`).first().click();
      await page.waitForURL(`${site.url}en/${list}`);
      const shown = (await page.locator("main .list").innerText()).split(/\s+/);
      for (const { name, code } of errors) {
        if (list === "by-name.html") assert(shown.includes(name), name);
        else if (code !== undefined) assert(shown.includes(`${code}`), `${code}`);
      }
      await page.locator("main .list a").first().click();
      assert((await page.locator("h1").innerText()).length > 0);
    }
  });
});

describe("valid HTML", () => {
  for (const folder of ["site", "hostile"]) {
    test(folder, async () => {
      const validator = new HtmlValidate(new FileSystemConfigLoader({
        root: true,
        extends: ["html-validate:standard", "html-validate:a11y"],
        // A listbox whose options are searched for has no native element.
        rules: { "prefer-native-element": ["error", { exclude: ["listbox", "region"] }] },
      }));
      const report = await validator.validateMultipleFiles(files(folder).map((path) => join(work, folder, path)));
      const all = report.results.flatMap(({ filePath, messages }) =>
        messages.map(({ line, ruleId, message }) => `${filePath}:${line} ${ruleId} ${message}`));
      assert.deepEqual(all.slice(0, 20), [], `${all.length} messages`);
    });
  }
});
