interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; `null` while that is not known. */
  readonly share: number | null;
}

export function ProgressBar({ label, share }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share !== null && { 'aria-valuenow': Math.round(share * 100) })}
      className="h-2 w-full overflow-hidden rounded-full bg-line"
    >
      <div
        className={`h-full origin-left rounded-full bg-accent ${share === null ? 'w-1/3 animate-pulse' : ''}`}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}
