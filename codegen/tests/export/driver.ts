// Answers each line of the cases as `line of the name, holes`, then tells all that the module knows.
import { readFileSync } from "node:fs";
import { type ErrorCode, type ErrorName, type ErrorType, errors, fromCode, fromMessage, fromResponse, info } from "./module.js";

const hex = (text: string): string => Buffer.from(text).toString("hex");
const text = (field: string): string | null => (field === "-" ? null : Buffer.from(field, "hex").toString());
const number = (field: string): number | null => (field === "-" ? null : Number(field));

for (const line of readFileSync(process.argv[2]!, "utf8").split("\n").filter(Boolean)) {
  const [code, status, error, message] = line.split("\t") as [string, string, string, string];
  const found = fromResponse({ code: number(code), status: number(status), error: text(error), message: text(message) });
  const holes = Object.entries(found?.holes ?? {}).map(([hole, value]) => `${hole}=${hex(value)}`);
  console.log([found?.name ?? "-", ...holes.sort()].join("\t"));
}
for (const name of Object.keys(errors) as ErrorName[]) {
  const known = info(name);
  const summary = Object.entries(known.summary).filter(([, said]) => said.state === "current").map(([locale, said]) => `${locale}=${hex(said.text)}`);
  const message = known.message?.map((part) => (part.text === null ? `{${part.hole}}` : hex(part.text))).join("");
  const code = known.code === null ? "-" : fromCode(known.code) ?? "several";
  const fields = [name, hex(known.key), code, known.httpStatus ?? "-", known.httpStatusClass ?? "-", known.error === null ? "-" : hex(known.error)];
  console.log([...fields, message ?? "-", hex(known.group), known.retry?.advice ?? "-", known.retry?.by ?? "-", ...summary.sort()].join("\t"));
}
// The types are unions, not any string or number.
const code: ErrorCode | undefined = Object.values(errors).map((error) => error.code).find((code) => code !== null);
const type: ErrorType | undefined = Object.values(errors).map((error) => error.error).find((type) => type !== null);
// @ts-expect-error
const wrong: ErrorName = "no such error";
void [code, type, wrong, fromMessage];
