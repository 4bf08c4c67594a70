// Keep the text `value` under `name` for a minute.
export async function remember(client, name, value) {
  // TODO(learn)
}

// What is kept under `name`; null where nothing is.
export async function recall(client, name) {
  // TODO(learn)
}
