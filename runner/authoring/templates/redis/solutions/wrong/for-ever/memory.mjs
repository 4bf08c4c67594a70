export async function remember(client, name, value) {
  await client.set(`memory:${name}`, value);
}

export async function recall(client, name) {
  return client.get(`memory:${name}`);
}
