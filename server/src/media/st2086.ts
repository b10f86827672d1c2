/** Steps in one unit of SMPTE ST 2086's integers: of a chromaticity, and of a cd/m². */
export const chromaticitySteps = 50_000;
export const luminanceSteps = 10_000;
