import { inNaturalOrder } from '@clearreel/shared/sequence/numbering';
import { packHead } from '@clearreel/shared/sequence/pack-format';

/**
 * Many pictures as one file, in natural order of their names, so that a sequence is copied, told apart and found
 * again like any video. Nothing is read: the file is made of the pictures where they lie. The same pictures give the
 * same bytes.
 */
export function packImages(images: readonly File[], name: string): File {
  const ordered = [...images].sort((a, b) => inNaturalOrder(a.name, b.name));
  const head = packHead(ordered.map((image) => ({ name: image.name, bytes: image.size })));
  return new File([head, ...ordered], `${name}.frames`, {
    type: 'application/x-clearreel-frames',
    lastModified: ordered.reduce((newest, image) => Math.max(newest, image.lastModified), 0),
  });
}
