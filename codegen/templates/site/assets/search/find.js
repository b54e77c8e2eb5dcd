// What a query finds among all errors: values in, values out, no document.

import { clues, pattern } from "./clues.js";
import { fold, joined, number, split } from "./fold.js";

/** The errors of search.json, folded once for all queries. */
export const load = ({ catalogs, errors }) => errors.map((row) => {
  const [catalog, path, name, code, status, type, messages, meaning, texts] = row;
  const [folder, title, ...scope] = catalogs[catalog];
  const said = messages.map((pieces) => pieces.map((piece, i) => (i % 2 ? `{${piece}}` : piece)).join(""));
  const names = [fold(name), fold(type)];
  const ids = fold([code, status, name, split(name), type, split(type)].join("\n"));
  const lead = fold([meaning, ...said].join("\n"));
  return {
    path: `${folder}/${path}/`, title, name, code, status, names, ids, lead,
    texts: [meaning, ...said, ...texts], scope: scope.map(fold), bare: names.map(joined).join("\n"),
    all: [ids, lead, ...texts.map(fold)].join("\n"), patterns: messages.map(pattern),
  };
});

const isLatin = (code) => (code >= 97 && code <= 122) || (code >= 48 && code <= 57);

/** Whether a word of the text starts so. */
function starts(text, word) {
  const isPart = isLatin(word.charCodeAt(0));
  let at = text.indexOf(word);
  while (at > 0 && isPart && isLatin(text.charCodeAt(at - 1))) at = text.indexOf(word, at + 1);
  return at >= 0;
}

/** How well an error fits, 0 best; none if it does not. */
function rank({ code, status, names, ids, lead, all, bare, scope }, text, name, words) {
  if (code && code === number(text)) return 0;
  if (name && joined(names[0]) === name) return 1;
  if (names[1] && (names[1] === text || joined(names[1]) === name)) return 2;
  if (status === text) return 3;
  if (/^[1-5]\d\d$/.test(text) && status === `${text[0]}xx`) return 4;
  let worst = 0;
  for (const word of words) {
    const part = joined(word);
    const inName = part !== "" && bare.includes(part);
    if (!inName && !all.includes(word)) {
      // A vendor narrows what else is asked for; a catalog can be asked for alone.
      const isIn = words.length > 1 ? scope.includes(word) : scope[0] === word;
      if (!isIn) return null;
    }
    const fit = starts(ids, word) ? 6 : starts(lead, word) ? 7 : inName || lead.includes(word) ? 8 : 9;
    worst = Math.max(worst, fit);
  }
  return worst;
}

/** What a query finds, the best first, with the words that are to be marked. */
export function find(errors, query) {
  const text = fold(query).trim();
  const words = text.split(/ +/);
  const name = joined(text);
  const meant = clues(errors, query);
  const spoken = text.match(/[a-z_]{3,}/g) ?? [];
  const hits = [];
  for (const error of errors) {
    const fit = rank(error, text, name, words);
    const by = meant.has(error) ? Math.min(fit ?? 5, 5) : fit;
    // What uses the words of the line is likelier.
    const near = meant.has(error) ? spoken.filter((word) => starts(error.lead, word)).length : 0;
    if (by !== null) hits.push({ error, by, near });
  }
  hits.sort((a, b) => a.by - b.by || b.near - a.near);
  const isLine = hits.every(({ by }) => by === 5);
  return { hits: hits.map(({ error }) => error), words: isLine ? [] : words.flatMap((word) => [word, joined(word)]) };
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
  for (const word of words.filter(Boolean)) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) isHit.fill(true, at, at + word.length);
  }
  const pieces = [];
  for (let at = 0, end; at < text.length; at = end) {
    end = isHit.indexOf(!isHit[at], at);
    if (end < 0) end = text.length;
    pieces.push([text.slice(at, end), isHit[at]]);
  }
  return pieces;
}
