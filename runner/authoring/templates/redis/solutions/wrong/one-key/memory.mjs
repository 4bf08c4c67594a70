export async function remember(client, name, value) {
  await client.set("memory", value, { EX: 60 });
}

export async function recall(client, name) {
  return client.get("memory");
}
