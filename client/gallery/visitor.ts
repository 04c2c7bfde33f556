/** Somebody who looks at pages of a web application in this process: keeps cookies, follows redirects and sends forms. */
import type { FastifyInstance, InjectOptions } from 'fastify';

export interface Visitor {
  get: (url: string) => Promise<void>;
  /** Sends the form with this id, with its hidden fields and what is filled in. */
  submit: (form: string, filled: Record<string, string>) => Promise<void>;
  /** Opens the first address on the page that a pattern finds. */
  follow: (address: RegExp) => Promise<void>;
  /** The page that is shown now. */
  html: () => string;
}

const HOST = 'localhost:3000';

export function createVisitor(app: FastifyInstance): Visitor {
  const cookies = new Map<string, { value: string; path: string }>();
  let html = '';

  async function visit(options: InjectOptions & { url: string }): Promise<void> {
    const sent = [...cookies].filter(([, { path }]) => options.url.startsWith(path));
    const cookie = sent.map(([key, { value }]) => `${key.split(' ')[0] ?? ''}=${value}`).join('; ');
    const response = await app.inject({ ...options, headers: { host: HOST, cookie, ...options.headers } });
    // The cookies of two pages have one name and each its path.
    for (const { name, value, path = '/' } of response.cookies) cookies.set(`${name} ${path}`, { value, path });
    html = response.body;
    const { location } = response.headers;
    if (location !== undefined) await visit({ method: 'GET', url: location });
  }

  return {
    html: () => html,
    get: (url) => visit({ method: 'GET', url }),
    follow: (address) => {
      const [, url] = address.exec(html) ?? [];
      if (url === undefined) throw new Error(`A page of the gallery leads nowhere: ${address.source}`);
      return visit({ method: 'GET', url });
    },
    submit: (id, filled) => {
      const form = formWith(html, id);
      return visit({
        method: 'POST',
        url: form.action,
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: `http://${HOST}` },
        payload: new URLSearchParams({ ...form.hidden, ...filled }).toString(),
      });
    },
  };
}

/** By its id, or by what it posts to when it has none. */
function formWith(html: string, id: string): { action: string; hidden: Record<string, string> } {
  for (const [, attributes = '', content = ''] of html.matchAll(/<form([^>]*)>([^]*?)<\/form>/g)) {
    const action = /action="([^"]*)"/.exec(attributes)?.[1] ?? '';
    if (!attributes.includes(`id="${id}"`) && !action.endsWith(id)) continue;
    const fields = content.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
    return { action, hidden: Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value])) };
  }
  throw new Error(`A page of the gallery has no form ${id}`);
}
