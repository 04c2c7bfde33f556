import { describe, expect, it } from 'vitest';
import { findMunicipality, listMunicipalities, municipalityName } from '../../definitions/municipalities.ts';

const nameOf = (text: string): string => {
  const found = findMunicipality(text);
  if (found.status === 'found') return found.municipality.name;
  return found.status === 'ended' ? `ended: ${found.ended.successor.name}` : `unknown: ${found.suggestions.join(', ')}`;
};

describe('a municipality is found as people write it', () => {
  it('knows all 285, each in one of fifteen reference regions and five provinces', () => {
    const all = listMunicipalities();
    expect(all).toHaveLength(285);
    expect(new Set(all.map(({ nis }) => nis)).size).toBe(285);
    expect(new Set(all.map(({ region }) => region)).size).toBe(15);
    expect(new Set(all.map(({ province }) => province)).size).toBe(5);
  });

  it.each([
    ['23002', 'Asse'],
    ['asse', 'Asse'],
    ['SINT GENESIUS RODE', 'Sint-Genesius-Rode'],
    ['Kapelle op den Bos', 'Kapelle-op-den-Bos'],
    ['Héist-op-den-Berg', 'Heist-op-den-Berg'],
    // A name that an ended and a present municipality share means the present one; the old code does not.
    ['Tielt', 'Tielt'],
    ['37022', 'Tielt'],
    ['37015', 'ended: Tielt'],
    ['Hasselt', 'Hasselt'],
    ['Borsbeek', 'ended: Antwerpen'],
    ['11007', 'ended: Antwerpen'],
    ['Gooik', 'ended: Pajottegem'],
    ['Zwijndrecht', 'ended: Beveren-Kruibeke-Zwijndrecht'],
    ['Kontig', 'unknown: Kontich'],
    ['Mortzel', 'unknown: Mortsel'],
    ['Kapelle', 'unknown: Kapellen, Kapelle-op-den-Bos'],
    ['Brussel', 'unknown: '],
    ['99999', 'unknown: '],
    ['', 'unknown: '],
  ])('%s → %s', (text, expected) => {
    expect(nameOf(text)).toBe(expected);
  });

  it('still names a municipality that ended, for old records', () => {
    expect(municipalityName('11007')).toBe('Borsbeek');
    expect(municipalityName('23002')).toBe('Asse');
    expect(municipalityName('00000')).toBeUndefined();
  });
});
