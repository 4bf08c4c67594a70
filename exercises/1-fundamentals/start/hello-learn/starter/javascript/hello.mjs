export function greeting(name) {
  // TODO(learn): return the text "Hello, " followed by the name and "!"
  return "";
}
