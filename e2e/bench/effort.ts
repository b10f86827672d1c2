/** How long a part may take: `quick` shows that the bench works, its figures mean nothing. */
export type Effort = 'full' | 'quick';
