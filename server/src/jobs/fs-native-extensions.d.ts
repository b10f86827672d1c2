declare module 'fs-native-extensions' {
  /** Whether the open file is now locked by this process alone; it must be open for writing. */
  export function tryLock(fd: number): boolean;
}
