import { Worker } from "node:worker_threads";

const started = () =>
  new Promise((done) => {
    const worker = new Worker("setInterval(() => {}, 1000)", { eval: true });
    for (const end of ["online", "error", "exit"]) worker.on(end, done);
  });

export async function answer(n) {
  await Promise.all(Array.from({ length: 40 }, started)); // all of them, so that what they take is this call's
  return 0;
}
export const other = () => 7;
