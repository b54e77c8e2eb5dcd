// What a pasted line of a log says of the error in it: the same as `im-errors explain` finds.

import { number, tight } from "./fold.js";

/** Text out of strings of JSON, be they in others. */
const unescaped = (text) =>
  text.replace(/\\u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(`0x${hex}`))
    .replace(/\\+[nrt]/g, " ").replace(/\\+(["\\/])/g, "$1");

/** What a text must have in it to have the message in it, in pieces. */
export function pattern(pieces) {
  const last = pieces.length - 1;
  const literals = pieces.map((piece, i) => {
    const text = i % 2 ? "" : tight(unescaped(piece));
    if (last === 0) return text.replace(/^["' ]+|[."' ]+$/g, "");
    return i === 0 ? text.trimStart() : i === last ? text.replace(/[. ]+$/, "") : text;
  });
  const rarest = literals.reduce((a, b) => (b.length > a.length ? b : a), "");
  const bytes = new TextEncoder().encode(literals.map((text) => text.trim()).join("")).length;
  return { literals, rarest, isShort: bytes < 6 };
}

/** Where the message is in a line of a log, holes filled. */
function place({ literals, rarest, isShort }, line) {
  if (!rarest || !line.includes(rarest)) return null;
  const [first, last] = [literals.findIndex(Boolean), literals.findLastIndex(Boolean)];
  const text = literals.slice(first, last + 1)
    .map((text, i) => (i % 2 ? "[^]{1,400}?" : text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))).join("");
  const before = first > 0 ? "(?<=[^ \"'<\\\\] *)" : "";
  const after = last < literals.length - 1 ? "(?= *[^ \"'<\\\\]*[^ \"'<\\\\.,;)}\\]])" : "";
  // Short texts stand in anything, so they must be all of a string.
  const [open, close] = isShort ? ["(?<=[\"'])", "(?=\\.?[\"'])"] : ["(?<!\\w(?=\\w))", "(?!(?<=\\w)\\w)"];
  const found = new RegExp(before + open + text + close + after).exec(line);
  return found && { start: found.index, end: found.index + found[0].length };
}

const NUMBER =
  /(?:(status(?:[ _-]?code)?|http[ _-]?code|http(?:\/[\d.]+)?|状态码)|(code|err[ _-]?no|错误码|错误代码))?["'=:([# ]*((?:(?<!\w)-)?(?<!\w)\d+)(?!\w)/g;
const TYPE = /(?:error|type)["'=:([# ]+((\w+)[^"]*)/g;

/** The errors of which a line of a log speaks most surely: by code, else message, name, type, status. */
export function clues(errors, query) {
  const plain = unescaped(query);
  const line = tight(plain);
  const [codes, statuses] = [new Set(), new Set()];
  for (const [, isStatus, isCode, digits] of line.matchAll(NUMBER)) {
    // So many digits are hardly anything else than a code.
    if (!isStatus && (isCode || digits.length > 4)) codes.add(number(digits));
    if (isStatus || isCode) statuses.add(digits).add(`${digits[0]}xx`);
  }
  const types = new Set([...line.matchAll(TYPE)].flatMap(([, text, word]) => [text, word]));
  line.match(/\w*_\w*/g)?.forEach((word) => types.add(word));
  const words = new Set(plain.match(/\w+/g));
  const places = new Map();
  for (const error of errors) {
    for (const one of error.patterns) {
      const found = place(one, line);
      if (found) places.set(error, found);
    }
  }
  const spans = [...places.values()];
  const isPart = ({ start, end }) =>
    spans.some((other) => other.start <= start && end <= other.end && other.end - other.start > end - start);
  const found = [];
  for (const error of errors) {
    const { code, name, names, status } = error;
    const facts = [
      codes.has(code), places.has(error) && !isPart(places.get(error)),
      words.has(name) && /[A-Z].*[A-Z]/.test(name), types.has(names[1]), statuses.has(status),
    ];
    const by = facts.indexOf(true);
    // What says only its status is likelier than what says more and other things.
    const isBare = by === 4 && !names[1] && !error.patterns.length;
    if (by >= 0) found.push({ error, sure: facts.filter(Boolean).length + isBare - 10 * by });
  }
  const surest = Math.max(...found.map(({ sure }) => sure));
  return new Set(found.filter(({ sure }) => sure === surest).map(({ error }) => error));
}
