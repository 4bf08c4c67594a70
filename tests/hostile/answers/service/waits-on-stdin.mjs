import { readFileSync } from "node:fs";

readFileSync(0);
setInterval(() => {}, 1000);
