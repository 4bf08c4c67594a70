export async function answer(n) {
  const text = "x".repeat(79) + "\n";
  for (;;) {
    process.stdout.write(text.repeat(100), "latin1");
    process.stderr.write(text.repeat(100), "latin1");
    await new Promise(setImmediate);
  }
}
export const other = () => 7;
