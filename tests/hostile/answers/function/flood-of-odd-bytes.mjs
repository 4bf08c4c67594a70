export async function answer(n) {
  const text = Buffer.from([0xff, 0, 0x1b, 0x5b, 0x32, 0x4a, 0xc3]).toString("latin1").repeat(12);
  for (;;) {
    process.stdout.write(text.repeat(100), "latin1");
    process.stderr.write(text.repeat(100), "latin1");
    await new Promise(setImmediate);
  }
}
export const other = () => 7;
