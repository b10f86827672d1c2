/** A file, a folder of pictures, or the pictures one by one. */
export type SourcePath = string | readonly string[];
