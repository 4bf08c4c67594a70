// Imported by javascript_agent.mjs before the first request: what takes long is not this file, but the first import.
export {};
