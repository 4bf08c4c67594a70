import { Worker } from "node:worker_threads";

export function answer(n) {
  for (let number = 0; number < 40; number++) new Worker("setInterval(() => {}, 1000)", { eval: true }).on("error", () => {});
  return 0;
}
export const other = () => 7;
