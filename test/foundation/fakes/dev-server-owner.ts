import { startDevServer } from '../../../worker/temporal/dev-server.ts';

// Starts a server on the folder it is given and says its process id.
const server = await startDevServer({ dataDir: process.argv[2] ?? '' });
console.log(`server ${server.pid}`);
setInterval(() => undefined, 60_000);
