export function topWords(text, k) {
  const counts = new Map();
  let word = "";
  for (const each of text.toLowerCase()) {
    if (/[\p{L}']/u.test(each)) word += each;
    else {
      word = word.replace(/^'+|'+$/g, "");
      if (word) counts.set(word, (counts.get(word) ?? 0) + 1);
      word = "";
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, k);
}
