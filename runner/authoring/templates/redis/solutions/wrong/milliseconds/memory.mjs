export async function remember(client, name, value) {
  await client.set(`memory:${name}`, value, { EX: 60 * 1000 });
}

export async function recall(client, name) {
  return client.get(`memory:${name}`);
}
