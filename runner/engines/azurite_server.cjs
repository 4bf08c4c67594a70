// Starts Azurite's service for blobs on a Unix socket, for which its command line has no option.
//
// `node azurite_server.cjs PACKAGE SOCKET MEGABYTES`. Nothing is written to disk, logged or sent to anybody: telemetry
// begins with a call that is not made here.

const { join } = require("node:path");

const [home, socket, megabytes] = process.argv.slice(2);
const part = (name) => require(join(home, "dist", "src", name));

const environment = {
  blobHost: () => undefined,
  blobPort: () => socket, // Node listens on what is no number as on a path
  blobKeepAliveTimeout: () => undefined,
  location: async () => process.cwd(),
  silent: () => true,
  loose: () => false,
  skipApiVersionCheck: () => true, // clients may be newer than Azurite
  cert: () => undefined,
  key: () => undefined,
  pwd: () => undefined,
  oauth: () => undefined,
  debug: async () => undefined,
  disableProductStyleUrl: () => true,
  inMemoryPersistence: () => true,
  extentMemoryLimit: () => Number(megabytes),
  disableTelemetry: () => true,
};

async function main() {
  delete process.env.AZURITE_DB; // a database of the person's, in which Azurite would keep its tables
  part("common/ConfigurationBase").setExtentMemoryLimit(environment, false);
  const { BlobServerFactory } = part("blob/BlobServerFactory");
  const server = await new BlobServerFactory().createServer(environment);
  await server.start();
}

process.on("SIGTERM", () => process.exit(0)); // nothing is left that should be closed
main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
