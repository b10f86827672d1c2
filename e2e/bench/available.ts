import { ClipUnavailable } from '../clips/real.ts';

/** What `measure` gives, or `null` with a word on why where a real clip is not to be had on this machine. */
export async function whereAvailable<T>(measure: () => Promise<T>): Promise<T | null> {
  try {
    return await measure();
  } catch (error) {
    if (!(error instanceof ClipUnavailable)) throw error;
    console.error(`left out: ${error.message}`);
    return null;
  }
}
