import type {
  ApiFigures,
  CodecComparison,
  HistoryFigures,
  Machine,
  Measured,
  MemoryFigures,
  OverheadFigures,
  PreviewFigures,
  QualityFigures,
  ReuseCase,
  UploadFigures,
} from './figures.ts';

const begin = '<!-- bench:begin -->';
const end = '<!-- bench:end -->';

type Row = readonly string[];

const table = (head: Row, rows: readonly Row[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
const seconds = (value: number) => `${value.toFixed(value < 1 ? 2 : 1)} s`;

/** @throws RangeError when the text has no place for the section. */
export function replaceSection(text: string, section: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new RangeError(`the text has no ${begin} … ${end}`);
  return `${text.slice(0, from + begin.length)}\n${section}\n${text.slice(to)}`;
}

/** The figures as Markdown; a part that was never measured is left out. */
export function benchSection(measured: Measured): string {
  const { overhead, memory, reuse, codecs, preview, history, quality } = measured;
  const rows: Row[] = [
    ...(overhead?.figures.map((each) => overheadRow(each, '≤ 1.15')) ?? []),
    ...(memory ? [memoryRow(browserMemory(memory.figures), memory.figures)] : []),
    ...(reuse?.figures.map(reuseRow) ?? []),
    ...(codecs
      ? [codecRow('Decoding', codecs.figures.decode), codecRow('Encoding', codecs.figures.encode)]
      : []),
    ...(preview ? [previewRow(preview.figures)] : []),
    ...(history ? [historyRow(history.figures)] : []),
  ];
  const machines = [overhead, memory, reuse, codecs, preview, history].flatMap(
    (part) => part?.machine ?? [],
  );
  return [
    ...(rows.length > 0
      ? [table(['measured', 'result', 'target'], rows), machineLine(machines)]
      : []),
    ...serverSection(measured),
    ...(quality ? [qualityTable(quality.figures)] : []),
  ].join('\n\n');
}

const span = (range: readonly [number, number]): string =>
  range.map((value) => value.toFixed(2)).join('–');

const overheadRow = (each: OverheadFigures, target: string): Row => [
  `Overhead: a whole job (${each.model}, ${each.frames} frames) over its decoding, inference and encoding measured alone`,
  `**${each.ratio.toFixed(2)}** (${seconds(each.jobSeconds)} over ${seconds(each.decodeSeconds)} + ${seconds(each.inferenceSeconds)} + ${seconds(each.encodeSeconds)}; ${span(each.ratioRange)} in ${each.repeats} repeats)`,
  target,
];

const browserMemory = ({ short, long }: MemoryFigures) =>
  `all browser processes, a ${long.seconds} s clip over a ${short.seconds} s clip`;

const workerProcess = ({ short, long }: MemoryFigures) =>
  `the worker, ${long.seconds / 60} min of video over ${short.seconds / 60} min`;

const memoryRow = (what: string, { short, long, ratio }: MemoryFigures): Row => [
  `Memory: peak of ${what}`,
  `**${ratio.toFixed(2)}** (${megabytes(long.peakBytes)} over ${megabytes(short.peakBytes)})`,
  '≤ 1.10',
];

const reuseRow = (each: ReuseCase): Row => [
  `Reuse: ${each.clip} (${each.model}; ${reusedShare(each)}), job time with reuse over without`,
  `**${each.jobRatio.toFixed(2)}** (${seconds(each.withSeconds)} over ${seconds(each.withoutSeconds)}; inference ${each.inferenceRatio.toFixed(2)})`,
  '',
];

const reusedShare = ({ frames, reusedFrames, tiles, reusedTiles }: ReuseCase) =>
  reusedFrames > 0
    ? `${reusedFrames} of ${frames} frames repeat`
    : `${reusedTiles} of ${tiles} tiles repeat`;

const codecRow = (name: string, each: CodecComparison): Row => [
  `${name} 720p H.264, WebCodecs over ffmpeg.wasm`,
  `**${each.ratio.toFixed(1)}×** (${each.webcodecsFramesPerSecond} over ${each.ffmpegFramesPerSecond} frames a second)`,
  '',
];

const previewRow = (each: PreviewFigures): Row => [
  'Preview: from picking a 720p file to its first enhanced picture, over the model’s own time',
  // A hundredth decides whether it meets its target.
  `**${each.overheadSeconds.toFixed(2)} s** (${seconds(each.seconds)} over ${seconds(each.modelSeconds)}; ${span(each.overheadRange)} in ${each.repeats} repeats)`,
  '≤ 1 s',
];

const historyRow = ({ jobs, openSeconds, filterSeconds }: HistoryFigures): Row => [
  `History of ${jobs} jobs: opening and filtering`,
  `**${seconds(openSeconds)}** and **${seconds(filterSeconds)}**`,
  '< 0.20 s',
];

/** What is measured without a browser. */
function serverSection(measured: Measured): readonly string[] {
  const { serverOverhead, workerMemory, api, upload } = measured;
  const rows = [
    ...(serverOverhead ? [overheadRow(serverOverhead.figures, '≤ 1.10')] : []),
    ...(workerMemory ? [memoryRow(workerProcess(workerMemory.figures), workerMemory.figures)] : []),
    ...(api ? apiRows(api.figures) : []),
    ...(upload ? [uploadRow(upload.figures)] : []),
  ];
  const machines = [serverOverhead, workerMemory, api, upload].flatMap(
    (part) => part?.machine ?? [],
  );
  if (rows.length === 0) return [];
  const kinds = new Set(machines.map(({ cores, node }) => `${cores} cores, no GPU, Node ${node}`));
  return [
    table(['measured on the server', 'result', 'target'], rows),
    `Measured by \`npm run bench\` on ${[...kinds].join('; ')}.`,
  ];
}

const apiRows = (each: ApiFigures): Row[] => [
  [
    `API with ${each.jobs} jobs in the embedded store: list, show and create, 95th percentile`,
    `**${each.listP95Ms} ms**, **${each.showP95Ms} ms** and **${each.createP95Ms} ms**`,
    '',
  ],
  [
    `The same with ${each.clients} clients at once`,
    `**${each.failedOfClients} of ${each.requestsOfClients}** requests failed; 95th percentile ${each.clientsP95Ms} ms`,
    'none',
  ],
];

const uploadRow = (each: UploadFigures): Row => [
  `Upload of ${each.bytes / 1e9} GB through tus, against \`cp\`; memory for it and for a tenth of it`,
  `**${each.megabytesPerSecond} MB/s** (\`cp\` ${each.copyMegabytesPerSecond} MB/s); **${megabytes(each.peakBytes)}** (${megabytes(each.tenthPeakBytes)})`,
  'flat memory',
];

function machineLine(machines: readonly Machine[]): string {
  const kinds = new Set(
    machines.map(({ cores, browser }) => `${cores} cores, no GPU, headless ${browser}`),
  );
  return `Measured by \`npm run bench\` on ${[...kinds].join('; ')}, with the WebAssembly provider.`;
}

function qualityTable({ cases, framesPerClip }: QualityFigures): string {
  const names = Object.keys(cases[0]?.means ?? {});
  const clips = Object.keys(cases[0]?.byClip ?? {}).length;
  const head = ['', ...cases.map(({ factor, source }) => `×${factor} ${source}`)];
  const best = cases.map(({ means }) => ({
    psnrDb: Math.max(...Object.values(means).map(({ psnrDb }) => psnrDb)),
    ssim: Math.max(...Object.values(means).map(({ ssim }) => ssim)),
  }));
  const mark = (text: string, isBest: boolean) => (isBest ? `**${text}**` : text);
  const rows = names.map((name) => [
    name,
    ...cases.map(({ means }, position) => {
      const score = means[name];
      if (!score) return '';
      const { psnrDb, ssim } = score;
      const top = best[position];
      return `${mark(psnrDb.toFixed(2), psnrDb === top?.psnrDb)} / ${mark(ssim.toFixed(3), ssim === top?.ssim)}`;
    }),
  ]);
  const note = `Luma PSNR in dB / SSIM by ffmpeg's filters, means over ${framesPerClip} frames of each of ${clips} real clips (film, street camera, animation), reduced and enlarged again; a model of another factor is followed by Lanczos, as in the app. [models/quality.json](models/quality.json) has more pictures and sources.`;
  return `${table(head, rows)}\n\n${note}`;
}
