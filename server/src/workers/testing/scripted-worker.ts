import { serveWorker } from '../serve-worker.ts';
import { ScriptedEngine } from './scripted-engine.ts';

serveWorker(new ScriptedEngine(), 100);
