// node validate.cjs DIR: every DIR/ID.json against the schema, every DIR/ID.openapi.json against that
// of OpenAPI 3.1, and its examples against its own.
const fs = require("node:fs");
const path = require("node:path");
const assert = require("node:assert/strict");
const Ajv = require("ajv/dist/2020").default;
const addFormats = require("ajv-formats").default;

const folder = process.argv[2];
const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
const ajv = () => addFormats(new Ajv({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true }));

async function main() {
  const { Validator } = await import(require.resolve("@seriousme/openapi-schema-validator"));
  const schema = read("schema.json");
  const isCatalog = ajv().compile(schema);
  const everyDescribed = (value, at) => {
    for (const [name, property] of Object.entries(value.properties ?? {})) {
      const said = property.description ?? schema.$defs[property.$ref?.split("/").pop()]?.description;
      assert.ok(said, `${at}/${name} is not described`);
    }
    for (const inner of value.oneOf ?? []) everyDescribed(inner, at);
  };
  everyDescribed(schema, "");
  for (const [name, definition] of Object.entries(schema.$defs)) everyDescribed(definition, name);

  const names = fs.readdirSync(folder).filter((name) => name.endsWith(".json")).sort();
  const catalogs = names.filter((name) => !name.includes("openapi") && name !== "schema.json" && name !== "package.json");
  for (const name of catalogs) {
    const catalog = read(name);
    assert.ok(isCatalog(catalog), `${name}: ${JSON.stringify(isCatalog.errors, null, 1)}`);
    for (const spoil of [
      (copy) => delete copy.errors[0].name,
      (copy) => (copy.errors[0].surprise = 1),
      (copy) => (copy.errors[0].cases = []),
      (copy) => (copy.format = 2),
    ]) {
      const copy = structuredClone(catalog);
      spoil(copy);
      assert.ok(!isCatalog(copy), `${name}: ${spoil} goes unnoticed`);
    }
  }
  for (const name of names.filter((name) => name.endsWith(".openapi.json"))) {
    const document = read(name);
    const result = await new Validator().validate(structuredClone(document));
    assert.ok(result.valid, `${name}: ${JSON.stringify(result.errors, null, 1)}`);
    const { components } = document;
    const plain = ajv();
    for (const keyword of ["components", "x-enum-varnames", "x-enum-descriptions"]) plain.addKeyword(keyword);
    plain.addSchema({ $id: "doc", components });
    const isBody = plain.compile({ $ref: "doc#/components/schemas/ErrorBody" });
    for (const [example, { value }] of Object.entries(components.examples)) {
      assert.ok(isBody(value), `${name}: ${example}: ${JSON.stringify(isBody.errors)}`);
    }
    const text = JSON.stringify(document);
    for (const [, section, key] of text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)) {
      assert.ok(components[section]?.[key], `${name}: ${section}/${key} is not there`);
    }
  }
  assert.ok(catalogs.length >= 7);
  console.log(`${catalogs.length} catalogs fit the schema, as many documents OpenAPI`);
}

main();
