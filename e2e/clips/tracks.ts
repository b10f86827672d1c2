import { ffmpegClip } from './clip.ts';
import { aac, h264, opus, stereoTone, testCard } from './parts.ts';

const english = `1
00:00:00,200 --> 00:00:01,000
Hello there

2
00:00:01,400 --> 00:00:02,600
<i>Two lines</i>
of text
`;

const german = `1
00:00:00,200 --> 00:00:01,000
Grüße aus Köln
`;

const styled = `[Script Info]
ScriptType: v4.00+
PlayResX: 96
PlayResY: 54

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Bold, Alignment, MarginL, MarginR, MarginV
Style: Sign,Arial,12,&H0000FFFF,-1,8,2,2,2

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:00.50,0:00:02.00,Sign,,0,0,0,,{\\pos(48,8)}A sign at the top
`;

const chaptersAndTags = `;FFMETADATA1
title=A clip with everything
artist=ClearReel
date=2026
comment=Made for tests
[CHAPTER]
TIMEBASE=1/1000
START=0
END=1500
title=First half
[CHAPTER]
TIMEBASE=1/1000
START=1500
END=3000
title=Second half
`;

const texts = {
  'eng.srt': english,
  'deu.srt': german,
  'sign.ass': styled,
  'about.txt': chaptersAndTags,
};

const cover = '-f lavfi -i smptebars=size=48x48 -frames:v 1 -c:v mjpeg -q:v 3 cover.jpg';
const highTone = stereoTone({ pitch: 880 });

export const trackClips = [
  ffmpegClip({
    name: 'everything-mkv',
    proves:
      'audio AAC eng (default) and Opus deu, subtitles SRT eng, SRT deu and ASS eng (forced), two chapters, a cover attachment, tags',
    extension: 'mkv',
    texts,
    steps: [
      cover,
      `${testCard()} ${stereoTone()} ${highTone} -i eng.srt -i deu.srt -i sign.ass -i about.txt
       -map 0:v -map 1:a -map 2:a -map 3:s -map 4:s -map 5:s -map_metadata 6 -map_chapters 6
       ${h264} -g 25 -c:a:0 aac -b:a:0 96k -c:a:1 libopus -b:a:1 64k -c:s:0 srt -c:s:1 srt -c:s:2 ass
       -metadata:s:a:0 language=eng -metadata:s:a:0 title=Main -metadata:s:a:1 language=deu -metadata:s:a:1 title=Kommentar
       -metadata:s:s:0 language=eng -metadata:s:s:0 title=Dialogue -metadata:s:s:1 language=deu -metadata:s:s:2 language=eng -metadata:s:s:2 title=Signs
       -disposition:a:0 default -disposition:a:1 comment -disposition:s:0 0 -disposition:s:1 0 -disposition:s:2 forced
       -attach cover.jpg -metadata:s:t mimetype=image/jpeg -metadata:s:t filename=cover.jpg out.mkv`,
    ],
  }),
  ffmpegClip({
    name: 'everything-mp4',
    proves:
      'audio AAC eng (default) and AAC deu starting 0.23 s late, subtitles mov_text eng and deu, two chapters, cover art, tags',
    extension: 'mp4',
    texts,
    steps: [
      cover,
      `${testCard()} ${stereoTone()} -itsoffset 0.25 ${stereoTone({ pitch: 880, seconds: 2.5 })} -i eng.srt -i deu.srt -i cover.jpg -i about.txt
       -map 0:v -map 1:a -map 2:a -map 3:s -map 4:s -map 5:v -map_metadata 6 -map_chapters 6
       -c:v:0 libx264 -preset veryfast -crf 16 -pix_fmt:v:0 yuv420p -bf 2 -g 25 -c:v:1 copy ${aac} -c:s mov_text
       -metadata:s:a:0 language=eng -metadata:s:a:1 language=deu -metadata:s:s:0 language=eng -metadata:s:s:1 language=deu
       -disposition:a:0 default -disposition:a:1 0 -disposition:v:1 attached_pic out.mp4`,
    ],
  }),
  ffmpegClip({
    name: 'late-audio-mkv',
    proves: 'the audio starts 0.3 s after the video, Opus in Matroska',
    extension: 'mkv',
    steps: [
      `${testCard()} -itsoffset 0.3 ${stereoTone({ seconds: 2.5 })} -fps_mode passthrough ${h264} -g 25 ${opus} out.mkv`,
    ],
  }),
  ffmpegClip({
    name: 'late-audio-mp4',
    proves: 'the audio starts 0.3 s after the video, AAC in MP4',
    extension: 'mp4',
    steps: [
      `${testCard()} -itsoffset 0.3 ${stereoTone({ seconds: 2.5 })} -fps_mode passthrough ${h264} -g 25 ${aac} out.mp4`,
    ],
  }),
  ffmpegClip({
    name: 'surround',
    proves: 'AAC with six channels (5.1)',
    extension: 'mp4',
    steps: [
      `${testCard({ seconds: 1 })} ${stereoTone({ seconds: 1 })} ${h264} ${aac} -ac 6 out.mp4`,
    ],
  }),
];
