const names = process.argv.slice(1);
if (names.length < 2) process.exit(2);
for (const name of names) console.log(`Hello, ${name}!`);
