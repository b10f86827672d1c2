/** Seconds without progress after which a stage, or a worker that is silent altogether, is given up. */
export const defaultStallSeconds = 120;
