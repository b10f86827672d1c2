/**
 * @ffmpeg/ffmpeg's own worker with additions to the core that it loads: a heartbeat, a log filter, and a
 * file system through which frames leave while ffmpeg runs. The order of the imports matters: the first
 * one lies in wait for the core that the second one loads.
 */
import './ffmpeg-worker-core.ts';
import '@ffmpeg/ffmpeg/worker';
