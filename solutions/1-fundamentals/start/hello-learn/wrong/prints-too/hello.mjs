export function greeting(name) {
  const text = `Hello, ${name}!`;
  console.log(text);
  return text;
}
