// The site that `browser.rs` made, served on this machine alone, and Chromium to look at it.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

import { chromium } from "playwright-core";

import { work } from "./data.mjs";

const TYPES = {
  ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".json": "application/json",
  ".md": "text/markdown", ".svg": "image/svg+xml", ".txt": "text/plain", ".xml": "application/xml",
};

/** Serves a folder of `work` at a free port, as a host of static pages does. */
export async function serve(folder) {
  const top = join(work, folder);
  const server = createServer(async (request, response) => {
    let path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    if (path.endsWith("/")) path += "index.html";
    const file = normalize(join(top, path));
    try {
      if (!file.startsWith(top + sep)) throw new Error("outside");
      const body = await readFile(file);
      response.writeHead(200, { "content-type": `${TYPES[extname(file)]}; charset=utf-8` }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
  ],
});

/** A page that keeps what no page may do: say anything on the console, ask other hosts, break its CSP. */
export async function open(browser, site, options = {}) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const wrongs = [];
  page.on("console", (message) => wrongs.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrongs.push(`error: ${error}`));
  page.on("request", (request) => request.url().startsWith(site.url) || wrongs.push(`request: ${request.url()}`));
  await page.exposeFunction("reportWrong", (text) => wrongs.push(text)).catch(() => {});
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => globalThis.reportWrong?.(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
  });
  return { page, wrongs, go: (path) => page.goto(site.url + path), close: () => context.close() };
}
