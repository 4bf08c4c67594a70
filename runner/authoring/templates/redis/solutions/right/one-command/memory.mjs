// The value and its end in one command: no moment in which one is there without the other.
export async function remember(client, name, value) {
  await client.set(`memory:${name}`, value, { EX: 60 });
}

export async function recall(client, name) {
  return client.get(`memory:${name}`);
}
