export function greeting(name) {
  const capital = name[0].toUpperCase() + name.slice(1).toLowerCase();
  return `Hello, ${capital}!`;
}
