import type { Cue } from './source-subtitles.ts';

const readers: Readonly<Record<string, (data: Buffer) => string>> = {
  subrip: (data) => data.toString(),
  srt: (data) => data.toString(),
  text: (data) => data.toString(),
  webvtt: (data) => data.toString(),
  /** A length, the text, and boxes of styles behind it (3GPP TS 26.245 §5.17). */
  mov_text: (data) => data.subarray(2, 2 + data.readUInt16BE(0)).toString(),
  ass: assText,
  ssa: assText,
};

export const isText = (codec: string): boolean => codec in readers;
export const isStyled = (codec: string): boolean => codec === 'ass' || codec === 'ssa';

/** A cue's text with the markup of SubRip, as far as it has any. */
export const textOf = (codec: string, { data }: Cue): string =>
  (readers[codec]?.(data) ?? '').replace(/\r/g, '').replace(/\0+$/, '').trim();

/** Behind eight fields stands the text; marks in braces are styles (https://wiki.videolan.org/SubStation_Alpha). */
function assText(data: Buffer): string {
  const text = data.toString().split(',').slice(8).join(',');
  return text
    .replace(/\{[^}]*\}/g, '')
    .replace(/\\[Nn]/g, '\n')
    .replace(/\\h/g, ' ');
}

const faces: Readonly<Record<string, number>> = { b: 1, i: 2, u: 4 };
const styleRecordBytes = 12;
const fontSize = 18;

/** The text as a sample of MP4's timed text; bold, italic and underlined stay so, other markup goes. */
export function timedTextSample(markup: string): Buffer {
  const styles: { from: number; to: number; face: number }[] = [];
  const open: { name: string; from: number }[] = [];
  let text = '';
  for (const part of markup.split(/(<[^>]*>)/)) {
    const tag = /^<(\/?)([a-z]+)[^>]*>$/i.exec(part);
    if (!tag) {
      if (!part.startsWith('<')) text += part;
      continue;
    }
    const [, isEnd, name = ''] = tag;
    const length = [...text].length;
    if (!isEnd) open.push({ name: name.toLowerCase(), from: length });
    else {
      const at = open.findLastIndex((each) => each.name === name.toLowerCase());
      const [begun] = at < 0 ? [] : open.splice(at, 1);
      const face = faces[begun?.name ?? ''];
      if (begun && face && length > begun.from) styles.push({ from: begun.from, to: length, face });
    }
  }
  const utf8 = Buffer.from(text).subarray(0, 0xffff);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(utf8.length);
  return Buffer.concat([length, utf8, ...(styles.length > 0 ? [styleBox(styles)] : [])]);
}

function styleBox(styles: readonly { from: number; to: number; face: number }[]): Buffer {
  const box = Buffer.alloc(10 + styleRecordBytes * styles.length);
  box.writeUInt32BE(box.length, 0);
  box.write('styl', 4);
  box.writeUInt16BE(styles.length, 8);
  for (const [position, { from, to, face }] of styles.entries()) {
    const at = 10 + styleRecordBytes * position;
    box.writeUInt16BE(from, at);
    box.writeUInt16BE(to, at + 2);
    box.writeUInt16BE(1, at + 4);
    box.writeUInt8(face, at + 6);
    box.writeUInt8(fontSize, at + 7);
    box.writeUInt32BE(0xffffffff, at + 8);
  }
  return box;
}

/** How MP4 shows timed text: at the bottom, white, in one font (3GPP TS 26.245 §5.16). */
export function timedTextHeader(): Buffer {
  const font = Buffer.from('Serif');
  const header = Buffer.alloc(43);
  header.writeInt8(1, 4);
  header.writeInt8(-1, 5);
  header.writeUInt16BE(1, 22);
  header.writeUInt8(fontSize, 25);
  header.writeUInt32BE(0xffffffff, 26);
  header.writeUInt32BE(13 + font.length, 30);
  header.write('ftab', 34);
  header.writeUInt16BE(1, 38);
  header.writeUInt16BE(1, 40);
  header.writeUInt8(font.length, 42);
  return Buffer.concat([header, font]);
}
