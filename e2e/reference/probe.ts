import { ffprobe } from './ffmpeg.ts';

export type StreamKind = 'video' | 'audio' | 'subtitle' | 'data' | 'attachment';

export type Stream = {
  index: number;
  kind: StreamKind;
  codec: string;
  /** Four-character code of the container. */
  codecTag: string;
  profile: string;
  startSeconds: number;
  /** `undefined` where the container keeps no length a track (Matroska, MPEG). */
  durationSeconds: number | undefined;
  language: string | undefined;
  title: string | undefined;
  tags: Record<string, string>;
  /** Names of the dispositions that are set, such as `default`, `forced` or `attached_pic`. */
  dispositions: string[];
};

export type VideoStream = Stream & {
  width: number;
  height: number;
  pixelFormat: string;
  /** Average rate as a ratio, such as `30000/1001`. */
  frameRate: string;
  /** Pixel aspect as a ratio, such as `16:11`; `1:1` where nothing is said. */
  pixelAspect: string;
  /** ffmpeg's names; `unknown` where nothing is tagged. */
  colour: { primaries: string; transfer: string; matrix: string; range: string };
  /** Clockwise turn for display, taken from the display matrix. */
  rotationDegrees: number;
  mirrored: boolean;
  fieldOrder: string;
  sideData: string[];
};

export type AudioStream = Stream & { sampleRate: number; channels: number };

export type Chapter = { startSeconds: number; endSeconds: number; title: string };

export type Probe = {
  /** ffmpeg's demuxer names, such as `mov,mp4,m4a,3gp,3g2,mj2`. */
  format: string;
  startSeconds: number;
  durationSeconds: number | undefined;
  tags: Record<string, string>;
  streams: Stream[];
  /** Video streams, cover pictures left out. */
  video: VideoStream[];
  audio: AudioStream[];
  subtitles: Stream[];
  /** Cover pictures, as attached pictures or attachments. */
  covers: VideoStream[];
  chapters: Chapter[];
};

type RawSideData = { side_data_type: string; displaymatrix?: string };

type RawStream = {
  index: number;
  codec_type: StreamKind;
  codec_name?: string;
  codec_tag_string: string;
  profile?: string;
  start_time?: string;
  duration?: string;
  tags?: Record<string, string>;
  disposition: Record<string, number>;
  width?: number;
  height?: number;
  pix_fmt?: string;
  avg_frame_rate: string;
  sample_aspect_ratio?: string;
  color_primaries?: string;
  color_transfer?: string;
  color_space?: string;
  color_range?: string;
  field_order?: string;
  side_data_list?: RawSideData[];
  sample_rate?: string;
  channels?: number;
};

type RawProbe = {
  streams: RawStream[];
  chapters: { start_time: string; end_time: string; tags?: { title?: string } }[];
  format: {
    format_name: string;
    start_time?: string;
    duration?: string;
    tags?: Record<string, string>;
  };
};

/** What ffprobe says about a file: format, streams, tags, dispositions, chapters. */
export async function probe(path: string): Promise<Probe> {
  const raw = await ffprobe<RawProbe>(['-show_format', '-show_streams', '-show_chapters', path]);
  const ofKind = (kind: StreamKind) => raw.streams.filter((each) => each.codec_type === kind);
  const pictures = ofKind('video').map(videoStream);
  const isCover = (each: Stream) => each.dispositions.includes('attached_pic');
  return {
    format: raw.format.format_name,
    startSeconds: Number(raw.format.start_time ?? 0),
    durationSeconds: seconds(raw.format.duration),
    tags: raw.format.tags ?? {},
    streams: raw.streams.map(stream),
    video: pictures.filter((each) => !isCover(each)),
    audio: ofKind('audio').map(audioStream),
    subtitles: ofKind('subtitle').map(stream),
    covers: pictures.filter(isCover),
    chapters: raw.chapters.map(({ start_time, end_time, tags }) => ({
      startSeconds: Number(start_time),
      endSeconds: Number(end_time),
      title: tags?.title ?? '',
    })),
  };
}

/** The first video stream that is no cover picture. */
export async function probeVideo(path: string): Promise<VideoStream> {
  const [first] = (await probe(path)).video;
  if (!first) throw new Error(`${path} has no video stream`);
  return first;
}

const seconds = (text: string | undefined) => (text === undefined ? undefined : Number(text));

function stream(raw: RawStream): Stream {
  const tags = raw.tags ?? {};
  return {
    index: raw.index,
    kind: raw.codec_type,
    codec: raw.codec_name ?? 'unknown',
    codecTag: raw.codec_tag_string,
    profile: raw.profile ?? 'unknown',
    startSeconds: Number(raw.start_time ?? 0),
    durationSeconds: seconds(raw.duration),
    language: tags.language,
    title: tags.title,
    tags,
    dispositions: Object.keys(raw.disposition).filter((name) => raw.disposition[name] === 1),
  };
}

function videoStream(raw: RawStream): VideoStream {
  const sideData = raw.side_data_list ?? [];
  const matrix = sideData.find((each) => each.displaymatrix !== undefined)?.displaymatrix;
  return {
    ...stream(raw),
    width: raw.width ?? 0,
    height: raw.height ?? 0,
    pixelFormat: raw.pix_fmt ?? 'unknown',
    frameRate: raw.avg_frame_rate,
    pixelAspect: raw.sample_aspect_ratio ?? '1:1',
    colour: {
      primaries: raw.color_primaries ?? 'unknown',
      transfer: raw.color_transfer ?? 'unknown',
      matrix: raw.color_space ?? 'unknown',
      range: raw.color_range ?? 'unknown',
    },
    ...orientation(matrix),
    fieldOrder: raw.field_order ?? 'unknown',
    sideData: sideData.map((each) => each.side_data_type),
  };
}

/** ffprobe prints the matrix as three rows of an offset, a colon and three integers. */
function orientation(matrix = ''): Pick<VideoStream, 'rotationDegrees' | 'mirrored'> {
  const rows = matrix.trim().split('\n');
  const [[a = 1, b = 0] = [], [c = 0, d = 1] = []] = rows.map((row) =>
    (row.split(':')[1] ?? '').trim().split(/\s+/).map(Number),
  );
  const mirrored = a * d - b * c < 0;
  const turn = mirrored ? Math.atan2(-b, -a) : Math.atan2(b, a);
  return { rotationDegrees: (Math.round((turn * 180) / Math.PI) + 360) % 360, mirrored };
}

function audioStream(raw: RawStream): AudioStream {
  return { ...stream(raw), sampleRate: Number(raw.sample_rate), channels: raw.channels ?? 0 };
}
