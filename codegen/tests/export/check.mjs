// node check.mjs cases EXPORT.json       prints the cases that drivers answer
// node check.mjs expect EXPORT.json OUT  checks a driver's answers and all that it tells
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const [, , command, file, out] = process.argv;
// Codes can be larger than numbers are exact.
const catalog = JSON.parse(readFileSync(file, "utf8").replace(/"code": (-?\d+)/g, '"code": "$1"'));
const hex = (text) => Buffer.from(text).toString("hex");
const clean = (text) => text.replace(/[\s\u0085]+/g, " ").trim().replace(/[ .。]+$/, "");

/** What a server sends: each hole holds a value of its own. */
function sent(error) {
  const holes = {};
  const parts = error.message.map((part, i) => part.text ?? (holes[part.hole] = `v${i}x`));
  return { message: parts.join(""), holes };
}

/** Each as [code, status, type, message, the error, its holes, whether it must be found]. */
function cases() {
  const all = [];
  for (const error of catalog.errors) {
    const code = error.code ?? "-";
    const status = error.http_status ?? (error.http_status_class ? Number(error.http_status_class[0]) * 100 + 99 : "-");
    const type = error.error === undefined ? "-" : hex(error.error);
    const { message, holes } = error.message ? sent(error) : { message: null, holes: {} };
    const text = message === null ? "-" : hex(message);
    // Case makes no difference, in types neither.
    const facts = (other) => JSON.stringify([other.code, other.http_status, other.http_status_class, other.error, other.message]).toLowerCase();
    const isAlone = (of) => catalog.errors.filter((other) => of(other) === of(error)).length === 1;
    all.push([code, status, type, text, error, holes, isAlone(facts)]);
    if (error.code) all.push([code, "-", "-", "-", error, {}, isAlone((other) => other.code)]);
    if (message !== null) {
      const loud = ` \t${message.replace(/[a-z]/g, (letter) => letter.toUpperCase()).replace(/ /g, "\u3000 ")}。. `;
      const loudHoles = Object.fromEntries(Object.entries(holes).map(([hole, value]) => [hole, value.toUpperCase()]));
      const same = (other) => other.message && clean(sent(other).message).toLowerCase();
      all.push(["-", "-", "-", text, error, holes, isAlone(same)]);
      all.push(["-", "-", "-", hex(loud), error, loudHoles, isAlone(same)]);
      all.push(["-", "-", "-", hex(`x ${message} x`), null, {}, false]);
    }
    all.push(["-", status, type, "-", error, {}, false]);
    all.push(["-", status, "-", "-", error, {}, false]);
  }
  all.push(["-", "-", "-", "-", null, {}, false], ["-", 399, hex("?"), hex("?"), null, {}, false]);
  return all;
}

if (command === "cases") {
  for (const [code, status, type, text] of cases()) console.log([code, status, type, text].join("\t"));
} else {
  const lines = readFileSync(out, "utf8").split("\n");
  let found = 0;
  for (const [i, [, , , , error, holes, must]] of cases().entries()) {
    const [name, ...pairs] = lines[i].split("\t");
    if (!must) continue;
    found += 1;
    const expected = Object.entries(holes).map(([hole, value]) => `${hole}=${hex(value)}`).sort();
    assert.deepEqual([name, ...pairs], [error.name, ...expected], `${catalog.catalog}: case ${i}`);
  }
  const told = lines.slice(cases().length).filter(Boolean);
  assert.equal(told.length, catalog.errors.length);
  for (const [i, error] of catalog.errors.entries()) {
    const several = catalog.errors.filter((other) => other.code === error.code).length > 1;
    const message = error.message?.map((part) => (part.hole ? `{${part.hole}}` : hex(part.text))).join("");
    const summary = Object.entries(error.summary).filter(([, said]) => said.state === "current").map(([locale, said]) => `${locale}=${hex(said.plain)}`);
    const expected = [
      error.name, hex(error.key), error.code === undefined ? "-" : several ? "several" : error.name,
      error.http_status ?? "-", error.http_status_class?.[0] ?? "-", error.error === undefined ? "-" : hex(error.error),
      message ?? "-", hex(error.group), error.retry?.advice ?? "-", error.retry?.by ?? "-", ...summary.sort(),
    ];
    assert.deepEqual(told[i].split("\t"), expected.map(String), `${catalog.catalog}: ${error.name}`);
  }
  assert.ok(found > catalog.errors.length / 2, `${catalog.catalog}: only ${found} cases must be found`);
  console.log(`${catalog.catalog}: ${catalog.errors.length} errors, ${found} of ${cases().length} cases must be found`);
}
