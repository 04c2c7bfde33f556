/** Names of files in a zip: whatever somebody called a file, it stays in its folder, opens on every system, and is there once. */
import { tidyFileName } from '../web/file-names.ts';

/** Windows takes no path longer than 260 characters, wherever somebody unpacks it. */
const LONGEST_FOLDER = 40;
const LONGEST_NAME = 90;

export interface EntryNames {
  /**
   * `3-beslissingen/statuten/Wemmel - besluit.pdf`; `… (2).pdf` for the second of that name.
   * @param of put before the name: `Wemmel`
   */
  add(folders: readonly string[], name: string, of?: string): string;
}

/** A name with the ending that it has; without one it gets none. */
function plainName(name: string): { stem: string; ending: string } {
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1] ?? '';
  const tidy = withoutPictures(tidyFileName(name, ending === '' ? 'bin' : ending.toLowerCase()));
  const dot = tidy.lastIndexOf('.');
  const stem = Array.from(tidy.slice(0, dot).replace(/\s+/g, ' ')).slice(0, LONGEST_NAME).join('').trim();
  return { stem: stem === '' ? 'bestand' : stem, ending: ending === '' ? '' : tidy.slice(dot) };
}

/** Some unpackers fall over what does not fit in sixteen bits, and so do some town halls' drives. */
const withoutPictures = (text: string): string => text.replace(/[\u{10000}-\u{10ffff}]|\ufe0f/gu, '');

const folderName = (name: string): string => {
  const { stem } = plainName(`${name.replaceAll('.', ' ').replace(/[/\\]/g, ' ')}.bin`);
  return Array.from(stem).slice(0, LONGEST_FOLDER).join('').trim();
};

export function createEntryNames(): EntryNames {
  const taken = new Set<string>();
  return {
    add(folders, name, of) {
      const { stem: own, ending } = plainName(name);
      const stem = of === undefined ? own : `${folderName(of)} - ${own}`;
      const folder = folders.map((each) => `${folderName(each)}/`).join('');
      for (let number = 1; ; number += 1) {
        const full = `${folder}${stem}${number === 1 ? '' : ` (${String(number)})`}${ending}`;
        // Windows and macOS hold names that differ only in capitals or in how an accent is written for the same.
        const key = full.normalize('NFC').toLowerCase();
        if (!taken.has(key)) {
          taken.add(key);
          return full;
        }
      }
    },
  };
}
