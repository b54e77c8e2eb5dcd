// What a pasted line of a log says of the error in it: the same as `im-errors explain` finds.

import { number, tight } from "./fold.js";

/** Text out of strings of JSON, be they in others. */
const unescaped = (text) =>
  text.replace(/\\+(?:u([\da-fA-F]{4})|[nrt]|(["\\/]))/g, (_, hex, c) => (hex ? String.fromCharCode(`0x${hex}`) : c ?? " "));

const NUMBER =
  /(?:((?:status|http)(?:[ _-]?code|\/[\d.]+)?|状态码)|(code|err[ _-]?no|错误代?码))?["'=:([# ]*((?:\B-)?\b\d+)\b/g;
const TYPE = /(?:error|type)["'=:([# ]+((\w+)[^"]*)/g;

/** The errors of which a line of a log speaks most surely: by code, else message, name, type, status. */
export function clues(errors, query) {
  const plain = unescaped(query);
  const line = tight(plain);
  const codes = new Set();
  const statuses = new Set();
  for (const [, isStatus, isCode, digits] of line.matchAll(NUMBER)) {
    // So many digits are hardly anything else than a code.
    if (!isStatus && (isCode || digits.length > 4)) codes.add(number(digits));
    if (isStatus || isCode) statuses.add(digits).add(`${digits[0]}xx`);
  }
  const types = new Set([...line.matchAll(TYPE)].flat().concat(line.match(/\w*_\w*/g)));
  const words = new Set(plain.match(/\w*[A-Z]\w*[A-Z]\w*/g));
  const spans = new Map();
  for (const error of errors) {
    for (const [, piece, pattern] of error.messages) {
      const found = piece && line.includes(piece) && RegExp(pattern).exec(line);
      if (found) spans.set(error, [found.index, found.index + found[0].length]);
    }
  }
  const isWhole = ([start, end]) =>
    [...spans.values()].every(([from, to]) => from > start || to < end || to - from === end - start);
  let most = -Infinity;
  let surest = [];
  for (const error of errors) {
    const span = spans.get(error);
    const facts = [
      codes.has(error.code), span && isWhole(span), words.has(error.name), types.has(error.type),
      statuses.has(error.status),
    ];
    const by = facts.findIndex(Boolean);
    if (by < 0) continue;
    // What says only its status is likelier than what says more and other things.
    const isBare = by === 4 && !error.type && !error.messages.length;
    const sure = facts.filter(Boolean).length + isBare - 10 * by;
    if (sure > most) [most, surest] = [sure, []];
    if (sure === most) surest.push(error);
  }
  return new Set(surest);
}
