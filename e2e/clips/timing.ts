import { ffmpegClip } from './clip.ts';
import { aac, fractal, h264, losslessVp9, stereoTone, testCard, vp9 } from './parts.ts';

/** Every seventh frame is missing, and the others stand up to 13 ms off 25 frames a second. */
const irregularStamps =
  "-vf select='not(eq(mod(n,7),3))',settb=1/90000,setpts='round((T+0.013*sin(2*N))*90000)' -fps_mode passthrough -enc_time_base 1/90000";

export const timingClips = [
  ffmpegClip({
    name: 'plain-h264',
    proves: '96×54, 25 fps, 75 frames, B-frames, a key frame every second, AAC stereo',
    extension: 'mp4',
    steps: [`${testCard()} ${stereoTone()} ${h264} -bf 2 -g 25 -sc_threshold 0 ${aac} out.mp4`],
  }),
  ffmpegClip({
    name: 'one-key-frame',
    proves: 'only the first of 75 frames is a key frame (long GOP), B-frames',
    extension: 'mp4',
    steps: [`${testCard()} ${stereoTone()} ${h264} -bf 2 -g 1000 -sc_threshold 0 ${aac} out.mp4`],
  }),
  ffmpegClip({
    name: 'tiny',
    proves: '32×18, 10 frames: small enough for the software GPU',
    extension: 'mp4',
    steps: [`${testCard({ width: 32, height: 18, seconds: 0.4 })} ${h264} out.mp4`],
  }),
  ffmpegClip({
    name: 'strip',
    proves: '2560×32, 5 frames: twice as wide, no encoder of the browser takes it',
    extension: 'mp4',
    steps: [`${testCard({ width: 2560, height: 32, seconds: 0.2 })} ${h264} out.mp4`],
  }),
  ffmpegClip({
    name: 'ntsc-rate',
    proves: '30000/1001 frames a second',
    extension: 'mp4',
    steps: [
      `${testCard({ rate: '30000/1001', seconds: 2 })} ${stereoTone({ seconds: 2 })} ${h264} ${aac} out.mp4`,
    ],
  }),
  ffmpegClip({
    name: 'vfr-mp4',
    proves: 'irregular stamps in units of 1/90000 s',
    extension: 'mp4',
    steps: [
      `${testCard()} ${stereoTone()} ${irregularStamps} -video_track_timescale 90000 ${h264} -g 20 ${aac} out.mp4`,
    ],
  }),
  ffmpegClip({
    name: 'vfr-mkv',
    proves: 'irregular stamps in whole milliseconds',
    extension: 'mkv',
    steps: [`${testCard()} ${stereoTone()} ${irregularStamps} ${h264} -g 20 ${aac} out.mkv`],
  }),
  ffmpegClip({
    name: 'video-starts-late',
    proves: 'the video starts 0.08 s after the audio (empty edit)',
    extension: 'mp4',
    steps: [
      `${stereoTone()} -itsoffset 0.08 ${testCard()} -map 1:v -map 0:a -fps_mode passthrough ${h264} -g 25 ${aac} out.mp4`,
    ],
  }),
  ffmpegClip({
    name: 'negative-start',
    proves: 'an edit hides the frames before 0.52 s, which are still in the file',
    extension: 'mp4',
    steps: [
      `${testCard()} ${stereoTone()} ${h264} -bf 2 -g 25 -sc_threshold 0 ${aac} whole.mp4`,
      '-ss 0.52 -i whole.mp4 -map 0 -c copy out.mp4',
    ],
  }),
  ffmpegClip({
    name: 'fragmented',
    proves: 'fragmented MP4, one fragment a key frame',
    extension: 'mp4',
    steps: [
      `${testCard()} ${stereoTone()} ${h264} -bf 2 -g 25 -sc_threshold 0 ${aac} -movflags +frag_keyframe+empty_moov+default_base_moof out.mp4`,
    ],
  }),
  ffmpegClip({
    name: 'open-gop',
    proves: 'key frames followed by B-frames that are shown before them',
    extension: 'mp4',
    steps: [
      `${testCard()} ${h264} -bf 3 -x264-params open-gop=1:b-adapt=0:keyint=24:min-keyint=24:scenecut=0 out.mp4`,
    ],
  }),
  ffmpegClip({
    name: 'long-last-frame',
    proves: 'the last of 25 frames lasts 0.5 s, the others 0.04 s',
    extension: 'mp4',
    steps: [
      `${testCard({ seconds: 1 })} ${h264} -bf 0 even.mp4`,
      "-i even.mp4 -c copy -bsf:v setts=duration='if(eq(N,24),DURATION*12.5,DURATION)' out.mp4",
    ],
  }),
  ffmpegClip({
    name: 'one-frame',
    proves: 'a video of one frame',
    extension: 'mp4',
    steps: [`${testCard()} -frames:v 1 ${h264} out.mp4`],
  }),
  ffmpegClip({
    name: 'scene-cut',
    proves: 'another scene from frame 20 of 40 on, inside one GOP',
    extension: 'mp4',
    steps: [
      `${testCard({ seconds: 0.8 })} ${fractal({ seconds: 0.8 })} -filter_complex [0]format=yuv420p[a];[1]format=yuv420p[b];[a][b]concat ${h264} -g 1000 -sc_threshold 0 out.mp4`,
    ],
  }),
  ffmpegClip({
    name: 'black-start',
    proves: 'the first 15 of 40 frames are black',
    extension: 'mp4',
    steps: [
      `-f lavfi -i color=black:size=96x54:rate=25:duration=0.6 ${testCard({ seconds: 1 })} -filter_complex [0]format=yuv420p[a];[1]format=yuv420p[b];[a][b]concat ${h264} out.mp4`,
    ],
  }),
  ffmpegClip({
    name: 'held-frames',
    proves: 'each of 18 pictures is shown 4 times, decoded bit by bit the same',
    extension: 'webm',
    steps: [
      `${testCard({ rate: 6, seconds: 3 })} -vf fps=24 ${losslessVp9} -pix_fmt yuv420p out.webm`,
    ],
  }),
  ffmpegClip({
    name: 'screen-like',
    proves: 'only a region of 24×24 in the lower right changes, the rest is bit by bit the same',
    extension: 'webm',
    steps: [
      `${fractal({ width: 256, height: 144, seconds: 2, rate: 10 })} ${testCard({ width: 24, height: 24, seconds: 2, rate: 10 })} -filter_complex [0]trim=end_frame=1,loop=-1:1,setpts=N/10/TB[still];[still][1]overlay=x=216:y=112:shortest=1 ${losslessVp9} -pix_fmt yuv420p out.webm`,
    ],
  }),
  ffmpegClip({
    name: 'frames-300',
    proves: '64×36, exactly 300 frames at 30 fps',
    extension: 'mp4',
    steps: [
      `${testCard({ width: 64, height: 36, rate: 30, seconds: 10 })} ${stereoTone({ seconds: 10 })} ${h264} -g 60 ${aac} out.mp4`,
    ],
  }),
  ...[10, 60, 600].map((seconds) =>
    ffmpegClip({
      name: `length-${seconds}s`,
      proves: `160×90, 25 fps, ${seconds} s, for memory against length`,
      extension: 'mp4',
      steps: [
        `${testCard({ width: 160, height: 90, seconds })} ${stereoTone({ seconds })} ${h264} -g 50 ${aac} out.mp4`,
      ],
    }),
  ),
  ffmpegClip({
    name: 'no-audio',
    proves: 'video without an audio track (VP9 in WebM)',
    extension: 'webm',
    steps: [`${testCard({ seconds: 1 })} ${vp9} -pix_fmt yuv420p out.webm`],
  }),
  ffmpegClip({
    name: 'audio-only',
    proves: 'an audio track without video',
    extension: 'm4a',
    steps: [`${stereoTone({ seconds: 1 })} ${aac} out.m4a`],
  }),
  ffmpegClip({
    name: 'audio-longer',
    proves: 'the audio goes on for 1 s after the last frame',
    extension: 'mp4',
    steps: [`${testCard({ seconds: 1 })} ${stereoTone({ seconds: 2 })} ${h264} ${aac} out.mp4`],
  }),
  ffmpegClip({
    name: 'flash-and-beep',
    proves: 'one white frame and one beep, both at 1.0 s',
    extension: 'mp4',
    steps: [
      `-f lavfi -i color=black:size=64x36:rate=25:duration=2 -f lavfi -i aevalsrc='if(between(t,1,1.04),0.8*sin(1000*2*PI*t),0)':s=48000:d=2 -vf drawbox=color=white:t=fill:enable='between(t,0.99,1.01)' ${h264} -g 25 ${aac} out.mp4`,
    ],
  }),
];
