import { serveWorker } from '../serve-worker.ts';
import { ScriptedEngine } from './scripted-engine.testing.ts';

serveWorker(new ScriptedEngine(), 100);
