const names = process.argv.slice(2);
if (names.length === 0) console.log("Use: main.mjs NAME...");
for (const name of names) console.log(`Hello, ${name}!`);
