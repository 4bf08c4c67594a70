// The text reads as it will look, and a value of any kind can stand in the braces.
export function greeting(name) {
  return `Hello, ${name}!`;
}
