// Loaded into a process under test (NODE_OPTIONS=--import): a name server that knows every name below `.test`, but those that stand in
// the file of REGIOPAD_TEST_GONE. Who asks for these is told what a machine is told whose name server does not answer.
import dns from 'node:dns';
import { readFileSync } from 'node:fs';

const isOurs = (name) => name.endsWith('.test');
const isGone = (name) => readFileSync(process.env.REGIOPAD_TEST_GONE, 'utf8').includes(name);

const failure = (code, hostname) =>
  Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), { code, syscall: 'getaddrinfo', hostname });

const { lookup } = dns;
dns.lookup = (hostname, options, callback) => {
  if (!isOurs(hostname)) return lookup(hostname, options, callback);
  const answer = callback ?? options;
  const { all = false } = typeof options === 'object' ? options : {};
  if (isGone(hostname)) return process.nextTick(answer, failure('EAI_AGAIN', hostname));
  return process.nextTick(answer, null, ...(all ? [[{ address: '127.0.0.1', family: 4 }]] : ['127.0.0.1', 4]));
};

// The library for mail asks for the records itself.
for (const [name, addresses] of Object.entries({ resolve4: ['127.0.0.1'], resolve6: [] })) {
  const resolve = dns.Resolver.prototype[name];
  dns.Resolver.prototype[name] = function (hostname, ...rest) {
    if (!isOurs(hostname)) return resolve.call(this, hostname, ...rest);
    const error = isGone(hostname) ? failure('ETIMEOUT', hostname) : null;
    return process.nextTick(rest.at(-1), error, addresses);
  };
}
