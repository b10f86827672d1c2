// `node e2e/serve.ts FOLDER`: serves a built app from FOLDER on a free port, and prints its address, until it is ended.
import { serveApp } from './driver/app-session.ts';

const [, , folder] = process.argv;
const { url } = await serveApp(folder);
console.log(url);
