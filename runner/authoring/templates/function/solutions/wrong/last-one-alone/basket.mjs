export function total(things) {
  let cents = 0;
  for (const thing of things) {
    cents = thing.price * thing.count;
  }
  return cents;
}
