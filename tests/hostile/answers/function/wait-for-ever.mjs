export async function answer(n) {
  await new Promise(() => setInterval(() => {}, 1000));
}
export const other = () => 7;
