// Texts as they compare: `im-errors explain` compares them so too.

/** A text as it compares, character by character: without case, width and kinds of quotes. */
export const fold = (text) =>
  text.replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt() - 0xfee0))
    .replace(/[`´‘-‛]/g, "'").replace(/[“-‟「-』]/g, '"').replace(/【/g, "[").replace(/】/g, "]")
    .replace(/。/g, ".").replace(/、/g, ",").replace(/İ/g, "i").replace(/\s/g, " ").toLowerCase();

/** Of a folded text: `groupnotfound` for all of `GroupNotFound`, `group_not_found`, `group not found`. */
export const joined = (text) => (/^[\w' -]*$/.test(text) ? text.replace(/\W|_/g, "") : "");
/** White space as it means something in messages. */
export const tight = (text) => fold(text).replace(/ +/g, " ").replace(/([,:;!?]) /g, "$1");
export const number = (text) => text.replace(/^\+?(-?)0*(?=\d)/, "$1");
