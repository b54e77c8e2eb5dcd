// Texts as they compare: `im-errors explain` compares them so too.

const WIDE = "。、“”„‟「」『』‘’‚‛`´【】İ";
const NARROW = ".,\"\"\"\"\"\"\"\"''''''[]i";

/** A text as it compares, character by character: without case, width and kinds of quotes. */
export const fold = (text) =>
  text.replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt() - 0xfee0))
    .replace(/[。、“”„‟「」『』‘’‚‛`´【】İ]/g, (c) => NARROW[WIDE.indexOf(c)])
    .replace(/\s/g, " ").toLowerCase();

/** Of a folded text: `groupnotfound` for all of `GroupNotFound`, `group_not_found`, `group not found`. */
export const joined = (text) => (/^[\w' -]*$/.test(text) ? text.replace(/\W|_/g, "") : "");
/** The words of a name in camel or snake case. */
export const split = (name) => name.replace(/[a-z0-9](?=[A-Z])|[A-Z](?=[A-Z][a-z])/g, "$& ").replace(/_/g, " ");
/** White space as it means something in messages. */
export const tight = (text) => fold(text).replace(/ +/g, " ").replace(/([,:;!?]) /g, "$1");
export const number = (text) => text.replace(/^\+/, "").replace(/^(-?)0+(?=\d)/, "$1");
