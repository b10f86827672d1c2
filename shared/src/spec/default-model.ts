/** What the app begins with. In a module of its own, because the start page needs it and not the whole schema. */
export const defaultModel = 'reel-x2';
