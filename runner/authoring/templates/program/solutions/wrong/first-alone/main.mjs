const name = process.argv[2];
if (name === undefined) process.exit(2);
console.log(`Hello, ${name}!`);
