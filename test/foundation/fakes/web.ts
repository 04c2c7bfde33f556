import { createServer } from 'node:http';
import { addressOf, loadConfig } from '../../../worker/config.ts';
import { announceReady, stopWhenAsked } from '../../../worker/lifecycle.ts';

// Stands for client/web/main.ts: answers with its own process id and configuration.
const config = loadConfig();
const server = createServer((_request, response) => {
  response.end(JSON.stringify({ pid: process.pid, config }));
});
server.listen(config.port, config.host, () => {
  const url = addressOf(config.host, config.port);
  announceReady({ url, signInUrl: `${url}/once` });
});
stopWhenAsked(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
});
