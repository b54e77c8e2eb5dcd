// Prints a lock file of npm with the address of each package at a registry. Without them npm first asks
// the registry to describe every package, which takes most of the time; with them in the repository,
// it would be one registry for everybody.
import { readFileSync } from "node:fs";

const [file, registry] = process.argv.slice(2);
const lock = JSON.parse(readFileSync(file, "utf8"));
for (const [path, entry] of Object.entries(lock.packages)) {
  if (path === "") continue;
  const name = entry.name ?? path.split("node_modules/").pop();
  const base = name.split("/").pop();
  entry.resolved = new URL(`${name}/-/${base}-${entry.version}.tgz`, registry).href;
}
console.log(JSON.stringify(lock));
