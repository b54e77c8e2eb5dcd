// What a query finds among all errors: values in, values out, no document.

import { clues } from "./clues.js";
import { fold, joined, number } from "./fold.js";

/** The errors of search.json, folded once for all queries. */
export const load = ({ catalogs, errors }) => errors.map((row) => {
  const [catalog, path, name, code, status, typed, parts, messages, meaning, others] = row;
  const [folder, title, ...scope] = catalogs[catalog];
  const type = fold(typed);
  const leading = [meaning, ...messages.map(([text]) => text)];
  const texts = [...leading, ...others];
  const ids = [code, status, fold(name), type, parts].join("\n");
  return {
    path: `${folder}/${path}/`, title, name, code, status, type, messages, texts, ids,
    names: [fold(name), joined(type)], lead: fold(leading.join("\n")),
    all: ids + fold(["", ...texts].join("\n")), scope: scope.map(fold),
  };
});

/** Where a word of a text starts so. */
const starting = (word) => RegExp((/^\w/.test(word) ? "\\b" : "") + word.replace(/\W/g, "\\$&"));

/** How well an error fits, 0 best. */
function rank({ code, status, type, names, ids, lead, all, scope }, { text, digits, name, words }) {
  if (code && code === digits) return 0;
  if (name && names.includes(name)) return 1 + names.indexOf(name);
  if (type && type === text) return 2;
  if (status === text) return 3;
  if (/^\d{3}$/.test(text) && status === `${text[0]}xx`) return 4;
  let worst = 0;
  for (const { word, part, start } of words) {
    const inName = part && names.some((name) => name.includes(part));
    // A vendor narrows what else is asked for; a catalog can be asked for alone.
    const isIn = words.length > 1 ? scope.includes(word) : scope[0] === word;
    if (!inName && !isIn && !all.includes(word)) return Infinity;
    const fit = start.test(ids) ? 6 : start.test(lead) ? 7 : inName || lead.includes(word) ? 8 : 9;
    worst = Math.max(worst, fit);
  }
  return worst;
}

/** What a query finds, the best first, with the words that are to be marked. */
export function find(errors, query) {
  const text = fold(query).trim();
  const words = text.split(/ +/).map((word) => ({ word, part: joined(word), start: starting(word) }));
  const asked = { text, digits: number(text), name: joined(text), words };
  const meant = clues(errors, query);
  const spoken = (text.match(/[a-z_]{3,}/g) ?? []).map(starting);
  const hits = [];
  for (const error of errors) {
    let by = rank(error, asked);
    let near = 0;
    if (meant.has(error)) {
      by = Math.min(by, 5);
      // What uses the words of the line is likelier.
      near = spoken.filter((start) => start.test(error.lead)).length;
    }
    if (by < Infinity) hits.push({ error, by, near });
  }
  hits.sort((a, b) => a.by - b.by || b.near - a.near);
  const isLine = hits.every(({ by }) => by === 5);
  return {
    hits: hits.map(({ error }) => error),
    words: isLine ? [] : words.flatMap(({ word, part }) => [word, part]).filter(Boolean),
  };
}

/** The text of an error that says most of the words. */
export function telling({ texts }, words) {
  const counts = texts.map((text) => (text ? words.filter((word) => fold(text).includes(word)).length : -1));
  return texts[counts.indexOf(Math.max(...counts))];
}

/** A text in pieces, each with whether it is one of the words. */
export function mark(text, words) {
  const folded = fold(text);
  const isHit = Array(text.length).fill(false);
  for (const word of words) {
    for (let at = -1; (at = folded.indexOf(word, at + 1)) >= 0;) isHit.fill(true, at, at + word.length);
  }
  const pieces = [];
  for (let at = 0; at < text.length; at++) {
    if (at && isHit[at] === isHit[at - 1]) pieces.at(-1)[0] += text[at];
    else pieces.push([text[at], isHit[at]]);
  }
  return pieces;
}
