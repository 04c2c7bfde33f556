/** `regiopad gallery`: every mail, page and document with samples, as files to look at. Needs no server. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { messageOf } from '../../worker/setup-error.ts';
import { gallery } from '../gallery/gallery.ts';
import { badInput } from './failure.ts';
import { print } from './output.ts';

export async function writeGallery(options: { out: string }): Promise<void> {
  const files = await gallery();
  try {
    for (const [path, content] of files) {
      const file = join(options.out, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  } catch (error) {
    throw badInput(`--out ${options.out}: expected a folder that can be written (${messageOf(error)})`);
  }
  print(`The gallery is in ${resolve(options.out, 'index.html')}`);
}
