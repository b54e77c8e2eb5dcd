// `im-errors serve` with a browser that shows its pages.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";

import { work } from "./data.mjs";
import { launch, open } from "./site.mjs";

const folder = join(work, "served");
const translations = join(folder, "specs/vendors/agora-chat/locales/en.toml");
const source = readFileSync(translations, "utf8");

let browser, tool, site;
before(async () => {
  browser = await launch();
  tool = spawn(process.env.IM_ERRORS_TOOL, ["serve", "--port", "0", "--lang", "en"], { cwd: folder });
  const [line] = await once(createInterface({ input: tool.stdout }), "line");
  site = { url: line.match(/http:\S+\//)[0] };
});
after(async () => {
  tool?.kill("SIGINT");
  await browser?.close();
});

test("a page shows what is edited, what is wrong with it, and that it is mended", async () => {
  const { page, wrongs, go, close } = await open(browser, site, { viewport: { width: 1000, height: 400 } });
  await go("en/agora-chat/");
  await page.evaluate(() => scrollTo(0, 300));
  const edited = source.replace(/summary = (\{ text = )?"/, '$&Edited while it is shown. ');
  assert.notEqual(edited, source);
  writeFileSync(translations, edited);
  await page.getByText("Edited while it is shown.").first().waitFor();
  await page.waitForFunction(() => scrollY === 300);
  assert.deepEqual(wrongs, []);

  writeFileSync(translations, `${source}\nbroken = [\n`);
  const carets = page.locator(".carets").first();
  await carets.waitFor();
  assert.equal(await page.locator("h1").innerText(), "This page cannot be made");
  // They stand below what is marked, whatever the font.
  const [mark, ghost] = [await page.locator("mark").first().boundingBox(), await page.locator(".ghost").first().boundingBox()];
  assert.ok(Math.abs(ghost.x + ghost.width - mark.x) < 1, `${ghost.x} ${ghost.width} ${mark.x}`);

  writeFileSync(translations, source);
  await page.getByRole("heading", { level: 1, name: "Agora" }).waitFor();
  // The browser says itself that a page came with status 500.
  assert.deepEqual(wrongs.filter((wrong) => !wrong.includes("500")), []);
  await close();
});

test("pages that nobody looks at keep no connection, and many can be open", async () => {
  const context = await browser.newContext();
  for (let n = 0; n < 9; n++) {
    const page = await context.newPage();
    await page.goto(`${site.url}zh/agora-chat/`, { timeout: 20_000 });
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { value: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
  }
  await context.close();
});
