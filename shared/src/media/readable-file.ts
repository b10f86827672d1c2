/** Bytes that are read in pieces where they lie: what the engine needs of a browser's `Blob`. */
export interface ReadableFile {
  readonly size: number;
  /** The bytes of `start <= position < end`, fewer where the file ends before. */
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}
