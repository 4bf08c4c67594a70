export function answer(n) {
  for (const name of ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGUSR2", "uncaughtException"]) process.on(name, () => {});
  for (;;) {
    try {
      for (;;);
    } catch {}
  }
}
export const other = () => 7;
