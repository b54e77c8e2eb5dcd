// What queries find, without a browser: each against an oracle that reads no index.
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";

import { errors, id, locales, message, read, substrings, texts, work } from "./data.mjs";

const { find, load, mark, telling } = await import(pathToFileURL(join(work, "site/assets/search/find.js")));
const indexes = Object.fromEntries(locales.map((locale) => [locale, load(read(`site/${locale}/search.json`))]));

/** The ids of what is found, the best first. */
const search = (locale, query) => find(indexes[locale], query).hits.map((hit) => `${hit.scope[0]}:${hit.name}`);
const all = (is) => new Set(errors.filter(is).map(id));
const wide = (text) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt() + 0xfee0));

/** That all of `expected` come before whatever else is found. */
function first(locale, query, expected) {
  const found = search(locale, query).slice(0, expected.size);
  assert.deepEqual(new Set(found), expected, `${locale} ${JSON.stringify(query)}`);
}

for (const locale of locales) {
  describe(locale, () => {
    test("300 pieces of Chinese texts: all that have them are found, and nothing else", () => {
      let [found, right, expected] = [0, 0, 0];
      for (const query of substrings(locale, 300)) {
        const hits = search(locale, query);
        const oracle = all((error) => texts(error, locale).some((text) => text.includes(query)));
        found += hits.length;
        expected += oracle.size;
        right += hits.filter((hit) => oracle.has(hit)).length;
      }
      console.log(`${locale}: recall ${right / expected}, precision ${right / found}, ${expected} hits`);
      assert.deepEqual({ found, right }, { found: expected, right: expected });
    });

    test("a code comes first, in digits of any width", () => {
      for (const { code } of errors.filter(({ code }) => code !== undefined)) {
        const expected = all((error) => error.code === code);
        for (const query of [`${code}`, wide(`${code}`), ` ${code} `, `00${code}`]) first(locale, query, expected);
      }
    });

    test("a name comes first, in any style", () => {
      for (const { name } of errors) {
        const parts = name.match(/[A-Z]+(?![a-z])|[A-Z][a-z]*|\d+/g).map((part) => part.toLowerCase());
        const expected = all((error) => error.name.toLowerCase() === name.toLowerCase());
        const camel = parts[0] + name.slice(parts[0].length);
        for (const query of [name, name.toLowerCase(), wide(name), camel, parts.join("_"), parts.join("-")]) {
          first(locale, query, expected);
        }
      }
    });

    test("a type and a status find all that come with them first", () => {
      for (const { error: type, http_status: status } of errors) {
        const plain = (text) => text?.replace(/[_ ]/g, "").toLowerCase();
        if (type) first(locale, type, all(({ error, name }) => [error, name].map(plain).includes(plain(type))));
        if (status) {
          const named = all(({ code }) => code === status);
          first(locale, `${status}`, new Set([...named, ...all((error) => error.http_status === status)]));
        }
      }
    });

    test("each text finds its error", () => {
      for (const error of errors) {
        for (const text of texts(error, locale)) {
          const found = search(locale, text);
          assert(found.includes(id(error)), `${id(error)} by ${JSON.stringify(text)}`);
        }
      }
    });
  });
}

test("parts of a name, several words, words of a catalog", () => {
  const name = "jmessage-server:GroupNotFound";
  for (const query of ["not found", "NotFound", "not_found", "found group", "ＧＲＯＵＰ　not", "jmessage-server group not", "极光 group not"]) {
    assert(search("en", query).includes(name), query);
  }
  const both = search("en", "group not found");
  assert(both.length > 0 && both.every((hit) => search("en", "group").includes(hit) && search("en", "found").includes(hit)));
  const narrowed = search("en", "jmessage-server user");
  assert(narrowed.length > 0 && narrowed.every((hit) => hit.startsWith("jmessage-server:")));
  const catalog = errors.filter((error) => error.catalog.catalog === "easemob-rest").length;
  assert.equal(search("en", "easemob-rest").length, catalog);
  assert.deepEqual(search("en", "no such words at all"), []);
});

test("lines of logs find what the command line finds in them", () => {
  const lines = read("lines.json");
  assert(lines.length > 300);
  const differing = [];
  for (const { query, source, matches } of lines) {
    const found = search("en", query);
    const top = found.slice(0, matches.length);
    // Where the message of another error says as much, both are meant.
    if (!top.includes(source) || top.some((hit) => !matches.includes(hit))) {
      differing.push({ query, source, found: found.slice(0, 4), matches: matches.slice(0, 4) });
    }
  }
  console.log(`${lines.length} lines, ${differing.length} differ`);
  assert.deepEqual(differing, []);
});

test("marks are where the words are", () => {
  const whole = (text, words) => mark(text, words).map(([piece, isHit]) => (isHit ? `[${piece}]` : piece)).join("");
  assert.equal(whole("GroupNotFound", ["not", "found"]), "Group[NotFound]");
  assert.equal(whole("Ｇroup　İx", ["g", "x"]), "[Ｇ]roup　İ[x]");
  assert.equal(whole("", ["a"]), "");
  assert.equal(whole("<b>&", ["b"]), "<[b]>&");
  const { hits, words } = find(indexes.zh, "频率");
  assert(hits.length > 0 && hits.every((hit) => telling(hit, words).includes("频率")));
});

test("a type that cannot be joined comes first for what it says, not for all that cannot be", () => {
  const error = (name, type) => [0, name, name, "", "", type, "", [], "频率过高", []];
  const index = load({ catalogs: [["demo", "Demo", "demo"]], errors: [error("A", ""), error("B", "频率(高)")] });
  const found = (query) => find(index, query).hits.map(({ name }) => name);
  assert.deepEqual(found("频率过高"), ["A", "B"]);
  assert.deepEqual(found("频率（高）"), ["B"]);
});

test("no query is too odd", () => {
  for (const query of [" ", "\\", "\\u12", "(", "[", "*", "\"", "'", "{", "\u0000", "\ud800", "-", "+", "a".repeat(20000), "{".repeat(9000), "😀"]) {
    assert(Array.isArray(find(indexes.zh, query).hits), query);
  }
});
