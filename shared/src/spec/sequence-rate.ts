/** Pictures a second of image sequences, which say nothing of it themselves. */
export const usualFramesPerSecond = 25;
