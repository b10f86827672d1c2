/** One picture of a sequence, wherever it lies. */
export interface SequenceImage {
  readonly name: string;
  /** As claimed by whatever holds it. */
  readonly bytes: number;
  /** Its first `limit` bytes, or as many as there are. */
  read(limit: number): Promise<Uint8Array<ArrayBuffer>>;
}
