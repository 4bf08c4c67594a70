// Splitting is the other way to see a text: name what separates. The object has no
// prototype, so "constructor" is not in it before it is counted.
// Only the best k are kept, each put in its place: less work than a sort of all.
export function topWords(text, k) {
  const counts = Object.create(null);
  for (const piece of text.toLowerCase().split(/[^\p{L}']+/u)) {
    const word = piece.replace(/^'+|'+$/g, "");
    if (word) counts[word] = (counts[word] ?? 0) + 1;
  }
  const best = [];
  for (const [word, count] of Object.entries(counts)) {
    let place = best.length;
    while (place > 0 && (best[place - 1][1] < count || (best[place - 1][1] === count && best[place - 1][0] > word))) place--;
    if (place < k) best.splice(place, 0, [word, count]);
    if (best.length > k) best.pop();
  }
  return best;
}
