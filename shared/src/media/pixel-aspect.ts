export interface Ratio {
  readonly num: number;
  readonly den: number;
}

/**
 * The pixel aspect that a container stated, from the display size that mediabunny rounds to whole pixels (16:11 on 90
 * pixels comes as 131:90). The true ratio is the simplest that rounds to the same size.
 */
export function exactPixelAspect(
  coded: { readonly width: number; readonly height: number },
  square: { readonly width: number; readonly height: number },
): Ratio {
  if (square.width !== coded.width) return simplestNear(square.width, coded.width);
  if (square.height === coded.height) return { num: 1, den: 1 };
  const { num, den } = simplestNear(square.height, coded.height);
  return { num: den, den: num };
}

/** The fraction with the smallest denominator within half a pixel of `displayPx / codedPx`. */
function simplestNear(displayPx: number, codedPx: number): Ratio {
  for (let den = 1; den < codedPx; den++) {
    const num = Math.round((displayPx * den) / codedPx);
    if (num > 0 && Math.abs((num * codedPx) / den - displayPx) <= 0.5) return { num, den };
  }
  return { num: displayPx, den: codedPx };
}
