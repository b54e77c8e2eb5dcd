// {{ generated | comment("") }}
{{ regenerate | comment("// ") }}
{% for source in sources %}
{{ (source.file ~ " " ~ (source.url or "") ~ " " ~ (source.edition or "")) | comment("// ") }}
{% endfor %}

/** {{ t("export_text") | comment("") }} */
export interface ErrorText {
  readonly state: "current" | "stale";
  /** {{ t("export_vendor") | comment("") }} */
  readonly vendor?: true;
  readonly text: string;
}

/** {{ t("export_part") | comment("") }} */
export interface MessagePart {
  readonly text: string | null;
  readonly hole: string | null;
}

export interface ErrorCase {
  readonly file: string;
  readonly line: number;
  readonly message: string | null;
  readonly cause: { readonly [locale: string]: ErrorText };
  readonly remedy: { readonly [locale: string]: ErrorText };
}

export interface ErrorInfo {
  readonly name: string;
  readonly key: string;
  readonly code: number | null;
  readonly httpStatus: number | null;
  /** {{ t("export_class") | comment("") }} */
  readonly httpStatusClass: number | null;
  readonly error: string | null;
  readonly message: readonly MessagePart[] | null;
  readonly group: string;
  readonly retry: {
    readonly advice: "never" | "after-fix" | "after-delay" | "with-new-token";
    readonly by: "vendor" | "ours";
  } | null;
  readonly summary: { readonly [locale: string]: ErrorText };
  readonly cases: readonly ErrorCase[];
}

{% macro texts(texts) -%}
{ {%- for locale, text in texts | items %}{% if not loop.first %},{% endif %} {{ locale | literal }}: { state: {{ text.state | literal }}, {% if text.vendor is defined %}vendor: {{ text.vendor | literal }}, {% endif %}text: {{ text.plain | literal }} }{% endfor %} }
{%- endmacro %}
/** {{ title | comment("") }} */
export const errors = {
{% for error in errors %}
  /**
{% for line in error.doc %}
{{ line | comment("   * ") }}
{% endfor %}
   */
  {{ error.ident | name }}: {
    name: {{ error.name | literal }},
    key: {{ error.key | literal }},
    code: {{ error.code | literal }},
    httpStatus: {{ error.http_status | literal }},
    httpStatusClass: {{ error.http_status_class | literal }},
    error: {{ error.error | literal }},
{% if error.message is none %}
    message: null,
{% else %}
    message: [
{% for part in error.message %}
      { text: {{ part.text | literal }}, hole: {{ part.hole | literal }} },
{% endfor %}
    ],
{% endif %}
    group: {{ error.group | literal }},
{% if error.retry is none %}
    retry: null,
{% else %}
    retry: { advice: {{ error.retry.advice | literal }}, by: {{ error.retry.by | literal }} },
{% endif %}
    summary: {{ texts(error.summary) }},
    cases: [
{% for case in error.cases %}
      {
        file: {{ case.file | literal }},
        line: {{ case.line | literal }},
        message: {{ case.message | literal }},
        cause: {{ texts(case.cause) }},
        remedy: {{ texts(case.remedy) }},
      },
{% endfor %}
    ],
  },
{% endfor %}
} as const satisfies { readonly [name: string]: ErrorInfo };

export type ErrorName = keyof typeof errors;

export type ErrorCode =
{% for code in codes %}
  | {{ code | literal }}
{% else %}
  | never
{% endfor %};

export type ErrorType =
{% for type in types %}
  | {{ type | literal }}
{% else %}
  | never
{% endfor %};

{% if removed %}
/** {{ t("removed") | comment("") }} */
{% endif %}
export const removed = [
{% for error in removed %}
  { name: {{ error.name | literal }}, key: {{ error.key | literal }}, group: {{ error.group | literal }}, edition: {{ error.edition | literal }} },
{% endfor %}
] as const;

/** {{ t("export_response") | comment("") }} */
export interface ErrorResponse {
  readonly code?: number | null;
  readonly status?: number | null;
  readonly error?: string | null;
  readonly message?: string | null;
}

export interface Recognized {
  readonly name: ErrorName;
  readonly by: "code" | "message" | "type" | "status" | "class";
  readonly holes: { readonly [hole: string]: string };
}

const all: readonly (readonly [ErrorName, ErrorInfo])[] = Object.entries(errors) as unknown as [ErrorName, ErrorInfo][];

/** {{ t("export_info") | comment("") }} */
export function info(name: ErrorName): ErrorInfo {
  return errors[name];
}

/** {{ t("export_from_code") | comment("") }} */
export function fromCode(code: number): ErrorName | undefined {
  return only(all.filter(([, info]) => info.code === code));
}

/** {{ t("export_from_message") | comment("") }} */
export function fromMessage(message: string): Recognized | undefined {
  return byMessage({ message });
}

/** {{ t("export_from_response") | comment("") }} */
export function fromResponse(response: ErrorResponse): Recognized | undefined {
  return byCode(response) ?? byMessage(response) ?? byType(response) ?? byStatus(response);
}

/** {{ t("export_capture") | comment("") }} */
export function capture(name: ErrorName, message: string): { readonly [hole: string]: string } | undefined {
  const parts = info(name).message;
  const text = clean(message);
  return parts === null ? undefined : captureParts(parts, text, lower(text));
}

function only(found: readonly (readonly [ErrorName, ErrorInfo])[]): ErrorName | undefined {
  return found.length === 1 ? found[0]![0] : undefined;
}

function recognized(name: ErrorName | undefined, by: Recognized["by"], message?: string | null): Recognized | undefined {
  if (name === undefined) return undefined;
  return { name, by, holes: capture(name, message ?? "") ?? {} };
}

function byCode(response: ErrorResponse): Recognized | undefined {
  const code = response.code;
  if (code === undefined || code === null) return undefined;
  const found = all.filter(([, info]) => info.code === code);
  const name = only(found) ?? only(found.filter(([, info]) => typeAgrees(info, response) !== false && statusAgrees(info, response) !== false));
  return recognized(name, "code", response.message);
}

function byMessage(response: ErrorResponse): Recognized | undefined {
  const message = response.message;
  if (message === undefined || message === null) return undefined;
  const text = clean(message);
  const folded = lower(text);
  const fitting = all.filter(([, { message }]) => message !== null && captureParts(message, text, folded) !== undefined);
  const most = Math.max(...fitting.map(([, info]) => weight(info)));
  const found = fitting.filter(([, info]) => weight(info) === most);
  const name =
    only(found) ??
    only(found.filter(([, info]) => typeAgrees(info, response) !== false && statusAgrees(info, response) !== false)) ??
    only(found.filter(([, info]) => typeAgrees(info, response) === true)) ??
    only(found.filter(([, info]) => statusAgrees(info, response) === true));
  return recognized(name, "message", message);
}

function byType(response: ErrorResponse): Recognized | undefined {
  if (!response.error?.trim()) return undefined;
  const found = all.filter(([, info]) => typeAgrees(info, response) === true);
  const name =
    only(found.filter(([, info]) => info.message === null)) ??
    only(found.filter(([, info]) => statusAgrees(info, response) !== false)) ??
    only(found);
  return recognized(name, "type", response.message);
}

function byStatus(response: ErrorResponse): Recognized | undefined {
  const status = response.status;
  if (status === undefined || status === null) return undefined;
  const find = (found: readonly (readonly [ErrorName, ErrorInfo])[]): ErrorName | undefined =>
    only(found.filter(([, info]) => info.code === null && info.error === null && info.message === null)) ?? only(found);
  return (
    recognized(find(all.filter(([, info]) => info.httpStatus === status)), "status", response.message) ??
    recognized(find(all.filter(([, info]) => info.httpStatusClass === Math.floor(status / 100))), "class", response.message)
  );
}

function typeAgrees(info: ErrorInfo, response: ErrorResponse): boolean | undefined {
  if (info.error === null) return undefined;
  return lower(clean(response.error ?? "")) === lower(clean(info.error));
}

function statusAgrees(info: ErrorInfo, response: ErrorResponse): boolean | undefined {
  const status = response.status ?? 0;
  if (info.httpStatus !== null) return info.httpStatus === status;
  if (info.httpStatusClass !== null) return info.httpStatusClass === Math.floor(status / 100);
  return undefined;
}

function weight(info: ErrorInfo): number {
  const parts = info.message ?? [];
  const literal = parts.reduce((sum, part) => sum + (part.text?.length ?? 0), 0);
  return parts.some((part) => part.hole !== null) ? literal : Infinity;
}

const space = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

function clean(text: string): string {
  return trimEnd(text.replace(space, " ").replace(/^ /, ""));
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && " .。".includes(text[end - 1]!)) end -= 1;
  return text.slice(0, end);
}

function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function captureParts(
  parts: readonly MessagePart[],
  text: string,
  folded: string,
): { [hole: string]: string } | undefined {
  const holes: { [hole: string]: string } = {};
  let open: string | null = null;
  let at = 0;
  for (const [i, part] of parts.entries()) {
    if (part.text === null) {
      open = part.hole;
      continue;
    }
    const isLast = i === parts.length - 1;
    const spaced = part.text.replace(space, " ");
    const started = i === 0 ? spaced.replace(/^ /, "") : spaced;
    const literal = lower(isLast ? trimEnd(started) : started);
    if (open === null) {
      if (!folded.startsWith(literal, at)) return undefined;
      at += literal.length;
      continue;
    }
    const start = isLast ? folded.length - literal.length : folded.indexOf(literal, at + 1);
    if (start <= at || !folded.startsWith(literal, start)) return undefined;
    const value = text.slice(at, start).trim();
    if (value === "") return undefined;
    holes[open] = value;
    open = null;
    at = start + literal.length;
  }
  if (open !== null) {
    const value = text.slice(at).trim();
    if (value === "") return undefined;
    holes[open] = value;
  } else if (at !== folded.length) {
    return undefined;
  }
  return holes;
}
