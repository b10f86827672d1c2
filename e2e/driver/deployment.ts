import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isOwn } from './strangers.ts';

const builtApp = fileURLToPath(new URL('../../web/dist/', import.meta.url));

/** A large file that an update drops. */
export const onlyInVersion1 = 'span-x2';

const serveScript = fileURLToPath(new URL('../serve.ts', import.meta.url));

/** The built app on a server of its own, which can be updated as an operator would, or be gone. */
export class Deployment {
  readonly url: string;
  readonly #folder: string;
  readonly #server: ChildProcess;

  private constructor(folder: string, server: ChildProcess, url: string) {
    this.#folder = folder;
    this.#server = server;
    this.url = url;
  }

  static async start(): Promise<Deployment> {
    const folder = join(tmpdir(), `clearreel-deployment-${crypto.randomUUID()}`);
    for (const entry of readdirSync(builtApp, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const source = join(entry.parentPath, entry.name);
      const target = join(folder, source.slice(builtApp.length));
      mkdirSync(dirname(target), { recursive: true });
      linkSync(source, target);
    }
    const server = spawn(process.execPath, [serveScript, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(server.stdout, 'data');
    const url = String(line).trim();
    isOwn(url);
    return new Deployment(folder, server, url);
  }

  /** Another build of the same app, with another entry script and one large file less. */
  update(): void {
    const entry = /src="\/assets\/(index-[\w-]+\.js)"/.exec(this.#read('index.html'))?.[1] ?? '';
    this.#write('assets/index-version-2.js', `import './${entry}';\n`);
    this.#rewrite('index.html', (html) =>
      html
        .replace(`src="/assets/${entry}"`, 'src="/assets/index-version-2.js"')
        .replace('<head>', '<head><meta name="version" content="2">'),
    );
    this.#rewrite('large-files.json', (list) =>
      list.replace(new RegExp(`"/assets/${onlyInVersion1}-[^,]+,?`), '').replace(',}', '}'),
    );
    this.#rewrite('sw.js', (script) =>
      script
        .replaceAll(`assets/${entry}`, 'assets/index-version-2.js')
        .replaceAll(
          /"revision":"\w+"(?=,"url":"(?:index\.html|large-files\.json)")/g,
          '"revision":"version-2"',
        ),
    );
  }

  /** The server is gone. */
  async stop(): Promise<void> {
    if (this.#server.exitCode !== null || this.#server.signalCode !== null) return;
    this.#server.kill('SIGKILL');
    await once(this.#server, 'exit');
    rmSync(this.#folder, { recursive: true });
  }

  #read(path: string): string {
    return readFileSync(join(this.#folder, path), 'utf8');
  }

  #rewrite(path: string, change: (text: string) => string): void {
    const before = this.#read(path);
    const after = change(before);
    if (after === before) throw new Error(`nothing in ${path} is to be changed`);
    this.#write(path, after);
  }

  /** In a file of its own: the others are the build's. */
  #write(path: string, text: string): void {
    const target = join(this.#folder, path);
    writeFileSync(`${target}.new`, text);
    renameSync(`${target}.new`, target);
  }
}
