// What tests hold the search against: the exports of the catalogs, which know nothing of search.json.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder with what `browser.rs` made: site/, hostile/ and lines.json. */
export const work = process.env.IM_ERRORS_BROWSER_WORK;
export const locales = ["en", "zh"];
export const read = (path) => JSON.parse(readFileSync(join(work, path), "utf8"));

/** Every error with its catalog. */
export const errors = read("site/data/index.json").catalogs.flatMap(({ file }) => {
  const catalog = read(`site/data/${file}`);
  return catalog.errors.map((error) => ({ ...error, catalog }));
});

export const id = (error) => `${error.catalog.catalog}:${error.name}`;

const current = (texts) => Object.values(texts).filter(({ state }) => state === "current");
const said = (texts, locale, catalog) => {
  const source = texts[catalog.locale] ?? Object.values(texts).find(({ vendor }) => vendor);
  const text = texts[locale];
  return text?.state === "current" ? [text] : [source, text].filter(Boolean);
};
export const message = (error) => (error.message ?? []).map(({ text, hole }) => text ?? `{${hole}}`).join("");

/** All that the pages of a language say of an error, and what it means in others. */
export function texts(error, locale) {
  const { catalog, cases, summary } = error;
  const meaning = Object.keys(summary).length ? summary : (cases[0]?.cause ?? {});
  const all = [summary, ...cases.flatMap(({ cause, remedy }) => [cause, remedy])];
  return [
    ...all.flatMap((texts) => said(texts, locale, catalog)).concat(current(meaning)).map(({ plain }) => plain),
    error.name, error.error, message(error), ...cases.map(({ message }) => message),
    error.code?.toString(), (error.http_status ?? error.http_status_class)?.toString(),
  ].filter(Boolean);
}

/** Always the same numbers, from 0 to 1. */
export function random(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Different substrings of 2–4 characters of a script in the texts of a language. */
export function substrings(locale, count, run = /\p{Script=Han}{2,}/gu) {
  const next = random(20260102);
  const runs = errors.flatMap((error) => texts(error, locale).flatMap((text) => text.match(run) ?? []));
  const found = new Set();
  while (found.size < count) {
    const text = runs[Math.floor(next() * runs.length)];
    const length = Math.min(text.length, 2 + Math.floor(next() * 3));
    const start = Math.floor(next() * (text.length - length + 1));
    found.add(text.slice(start, start + length));
  }
  return [...found];
}
