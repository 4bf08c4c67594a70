export function greeting(name) {
  console.log(`Hello, ${name}!`);
}
