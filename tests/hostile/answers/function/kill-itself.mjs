export function answer(n) {
  process.kill(process.pid, "SIGKILL");
  for (;;);
}
export const other = () => 7;
