const names = process.argv.slice(2);
if (names.length === 0) {
  console.error("Use: main.mjs NAME...");
  process.exitCode = 2;
}
for (const name of names) console.log(`Hello, ${name}!`);
