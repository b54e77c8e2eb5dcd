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
  readdirSync(join(work, site), { recursive: true }).map((path) => path.replaceAll("\\", "/")).filter((path) => path.endsWith(".html"));
const source = (site, path) => readFileSync(join(work, site, path), "utf8");
const next = random(7);
const pick = (all) => all[Math.floor(next() * all.length)];

/** From which template a page is, and of which of its forms. */
function kind(path, html) {
  if (/http-equiv="?refresh/i.test(html)) return "redirect";
  if (/^..\/index\.html$/.test(path)) return "home";
  if (/\/(changes|by-code|by-name)\.html$/.test(path)) return path.match(/[^/]+$/)[0];
  if (path.split("/").length === 3) return "catalog";
  if (/<h1><span class="code">[^<]*<\/span><\/h1>/.test(html)) return "shared";
  return /<\/h1>\n<p class="mark">/.test(html) ? "removed" : "error";
}

/** The pages of a language in each folder by their kind. */
const kinds = Object.fromEntries(["site", "hostile"].map((folder) => [folder, {}]));
for (const folder of ["site", "hostile"]) {
  for (const path of files(folder).filter((path) => path.startsWith("en/")).sort()) {
    (kinds[folder][kind(path, source(folder, path))] ??= []).push(path.slice(3).replace(/index\.html$/, ""));
  }
}
const inSource = (folder, path) => source(folder, `en/${path}${path.endsWith(".html") ? "" : "index.html"}`);

/** Of each kind the longest page, which is the likeliest to break something; of errors some more. */
const samples = Object.fromEntries(Object.entries(kinds).map(([folder, kinds]) => [folder, Object.values(kinds).flatMap((paths) => {
  const longest = paths.reduce((a, b) => (inSource(folder, a).length >= inSource(folder, b).length ? a : b));
  return paths === kinds.error ? [...new Set([longest, pick(paths), pick(paths)])] : [longest];
})]));
const inAll = (folder) => locales.flatMap((locale) => samples[folder].map((path) => `${locale}/${path}`));

test("each template is tried", () => {
  const all = new Set(Object.values(kinds).flatMap((kinds) => Object.keys(kinds)));
  const expected = ["by-code.html", "by-name.html", "catalog", "changes.html", "error", "home", "redirect", "removed", "shared"];
  assert.deepEqual([...all].sort(), expected);
});

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
    // A page that leads on is looked at as those see it whose browser does not.
    await tab.page.route(/\/$|\.html$/, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/<meta http-equiv="refresh"[^>]*>/, "");
      await route.fulfill({ response, body });
    });
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

/** Looks for an error in the box. */
async function search(page) {
  await page.locator("#search_box").fill("e");
  await page.locator("#search_results [role=option]").first().waitFor();
}

describe("each template", { concurrency: 2 }, () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const locale of locales) {
      test(`is accessible in ${colorScheme} colours, ${locale}`, async () => {
        for (const [folder, name] of [[site, "site"], [hostile, "hostile"]]) {
          const paths = samples[name].map((path) => `${locale}/${path}`);
          await each(folder, name === "site" ? [...paths, ""] : paths, { colorScheme }, async (page, path) => {
            await page.evaluate(axe);
            assert.deepEqual(await violations(page), [], path);
            const channels = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g));
            const isDark = channels.slice(0, 3).every((part) => part < 64);
            assert.equal(isDark, colorScheme === "dark", `${path}: ${channels}`);
            if (path !== `${locale}/`) return;
            await search(page);
            await page.keyboard.press("ArrowDown");
            assert.deepEqual(await violations(page), [], `${path}, searching`);
          });
        }
      });
    }
  }

  for (const width of [360, 1440]) {
    test(`is not wider than a screen of ${width} pixels`, async () => {
      const fits = async (page, path) => {
        const widths = () => page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        const [scrolled, seen] = await widths();
        assert(scrolled <= seen, `${path}: ${scrolled} of ${seen}`);
        if (!path) return;
        await search(page);
        const [searching] = await widths();
        assert(searching <= seen, `${path}, searching: ${searching} of ${seen}`);
      };
      await each(site, ["", ...inAll("site")], { viewport: { width, height: 800 } }, fits);
      await each(hostile, inAll("hostile"), { viewport: { width, height: 800 } }, fits);
    });
  }
});

test("another language is the same page: each template, and a dozen errors of all catalogs", async () => {
  const catalogs = [...new Set(errors.map(({ catalog }) => catalog.catalog))];
  const dozen = Array.from({ length: 12 }, (_, i) => {
    const own = kinds.site.error.filter((path) => path.startsWith(`${catalogs[i % catalogs.length]}/`));
    return own.length ? pick(own) : assert.fail(catalogs[i % catalogs.length]);
  });
  const paths = [...new Set([...samples.site.filter((path) => !kinds.site.redirect.includes(path)), ...dozen])];
  const name = (page) => page.locator("h1").innerText();
  await each(site, paths.map((path) => `en/${path}`), {}, async (page, path) => {
    const here = await name(page);
    await page.locator(".languages a[lang=zh]").click();
    await page.waitForURL(site.url + path.replace(/^en/, "zh"));
    assert.equal(await page.locator("html").getAttribute("lang"), "zh");
    if (dozen.includes(path.slice(3))) assert.equal(await name(page), here);
    await page.locator(".languages a[lang=en]").click();
    await page.waitForURL(site.url + path);
  });
});

test("a name leads to the page of its error, and a feed is one", async () => {
  const tab = await open(browser, site);
  const [from] = kinds.site.redirect;
  const to = inSource("site", from).match(/url=([^"]*)"/)[1];
  await tab.page.goto(`${site.url}en/${from}`);
  await tab.page.waitForURL(new URL(to, `${site.url}en/${from}`).href);
  const changes = kinds.site["changes.html"].map((path) => `${site.url}en/${path}`);
  for (const path of changes) {
    await tab.page.goto(path);
    const title = await tab.page.evaluate(async () => {
      const feed = await fetch(document.querySelector("link[type='application/atom+xml']").href);
      const { documentElement } = new DOMParser().parseFromString(await feed.text(), "application/xml");
      return documentElement.localName === "feed" && documentElement.querySelector("title").textContent;
    });
    assert(title, path);
  }
  assert.deepEqual(tab.wrongs, []);
  await tab.close();
});

test("filters are kept in the address and narrow the list", async () => {
  await each(site, ["en/"], {}, async (page) => {
    const shown = () => page.locator("table.errors tbody tr:visible").count();
    const whole = await shown();
    const select = page.locator(".filters select").first();
    // The longest choice takes no room beside the box.
    const end = async (locator) => locator.evaluate((element) => element.getBoundingClientRect().right);
    const gap = (await end(page.locator(".filters .field").first())) - (await end(select));
    assert(gap < 1, `${gap}`);
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
  for (const [folder, name] of [[site, "site"], [hostile, "hostile"]]) {
    await each(folder, inAll(name), { javaScriptEnabled: false }, async (page, path) => {
      assert.notEqual(await page.locator("h1").innerText(), "", path);
      if (name === "site" && !kinds.site.redirect.includes(path.slice(3))) {
        assert((await page.locator("main").innerText()).length > 80, path);
      }
      assert.equal(await page.locator("#search_box").isVisible(), false);
      // In place of the box there is a link to the index.
      const index = await page.locator(".search-less:visible").evaluate(({ href }) => href);
      assert.equal(index, `${folder.url}${path.slice(0, 2)}/by-code.html`, path);
    });
  }
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
      // Pages that lead on are many and alike.
      const all = files(folder).sort().filter((path, i) => i % 10 === 0 || kind(path, source(folder, path)) !== "redirect");
      const report = await validator.validateMultipleFiles(all.map((path) => join(work, folder, path)));
      const wrong = report.results.flatMap(({ filePath, messages }) =>
        messages.map(({ line, ruleId, message }) => `${filePath}:${line} ${ruleId} ${message}`));
      assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} messages`);
    });
  }
});
