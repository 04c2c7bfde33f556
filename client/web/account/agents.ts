/** A browser as its owner would recognise it, by what it calls itself (the User-Agent header). */

/** In this order: what comes later calls itself also what stands before. */
const browsers = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;

const systems = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'Mac'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;

/** `{ browser: 'Firefox', system: 'Windows' }`; what is not known is left out. */
export function agentParts(agent: string): { browser?: string; system?: string } {
  const [, browser] = browsers.find(([mark]) => agent.includes(`${mark}/`)) ?? [];
  const [, system] = systems.find(([mark]) => agent.includes(mark)) ?? [];
  return { ...(browser !== undefined && { browser }), ...(system !== undefined && { system }) };
}
