import {
  imageKind,
  isJunk,
  isNamedAsImage,
  signatureBytes,
} from '@clearreel/shared/sequence/image-kind';
import { inNaturalOrder, stemOf } from '@clearreel/shared/sequence/numbering';
import type { FoundFile } from './dropped-files.ts';
import { packImages } from './pack-images.ts';

/** What becomes one job: a video, or a whole sequence in one file. */
export interface GatheredSource {
  readonly file: File;
  readonly handle?: FileSystemFileHandle;
}

/** Heads read at the same time. */
const batch = 64;

/**
 * Tells sequences from single files: the pictures of one folder are one sequence, and so are pictures given together
 * without a folder. All else is a source of its own, as is a lone picture, which the engine refuses with the reason.
 * What folders hold beside pictures and videos is left out.
 */
export async function gatherSources(
  found: readonly FoundFile[],
): Promise<readonly GatheredSource[]> {
  const wanted = found.filter(({ file, folder }) => !folder || !isBeside(file, folder));
  const folders = new Map<string, FoundFile[]>();
  const sources: (GatheredSource | string)[] = [];
  for (let at = 0; at < wanted.length; at += batch) {
    const part = wanted.slice(at, at + batch);
    const images = await Promise.all(part.map(({ file }) => isImage(file)));
    for (const [index, each] of part.entries()) {
      const { file, folder = '', handle } = each;
      if (!images[index]) {
        sources.push({ file, ...(handle && { handle }) });
        continue;
      }
      const together = folders.get(folder);
      if (together) together.push(each);
      else {
        folders.set(folder, [each]);
        sources.push(folder);
      }
    }
  }
  return sources.map((source) =>
    typeof source === 'string' ? sequenceOf(source, folders.get(source) ?? []) : source,
  );
}

const isBeside = ({ name, type }: File, folder: string) =>
  isJunk(`${folder}/${name}`) || /^(text|audio)\//.test(type);

async function isImage(file: File): Promise<boolean> {
  if (isNamedAsImage(file.name)) return true;
  const head = await file.slice(0, signatureBytes).arrayBuffer();
  return imageKind(new Uint8Array(head)) !== null;
}

function sequenceOf(folder: string, images: readonly FoundFile[]): GatheredSource {
  const [only] = images;
  if (only && images.length === 1) {
    return { file: only.file, ...(only.handle && { handle: only.handle }) };
  }
  const files = images.map(({ file }) => file);
  const first = files.map(({ name }) => name).sort(inNaturalOrder)[0] ?? 'images';
  return { file: packImages(files, folder.split('/').at(-1) || stemOf(first)) };
}
