export async function answer(n) {
  setTimeout(() => {
    throw new Error("late");
  });
  await new Promise(() => {});
}
export const other = () => 7;
