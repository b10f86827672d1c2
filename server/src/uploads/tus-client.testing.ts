import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';

const tus = { 'tus-resumable': '1.0.0' };

/** A client of the resumable protocol that does one step at a time. */
export class TusClient {
  readonly #api: string;

  constructor(api: string) {
    this.#api = api;
  }

  begin(bytes: number | string, name = 'a video.mp4'): Promise<Response> {
    const filename = Buffer.from(name).toString('base64');
    return fetch(`${this.#api}/uploads`, {
      method: 'POST',
      headers: {
        ...tus,
        'upload-length': String(bytes),
        'upload-metadata': `filename ${filename}`,
      },
    });
  }

  /** @returns the id of the new upload */
  async begun(bytes: number, name?: string): Promise<string> {
    const response = await this.begin(bytes, name);
    if (response.status !== 201) throw new Error(await response.text());
    return response.headers.get('location')?.split('/').at(-1) ?? '';
  }

  send(id: string, offset: number, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
    return fetch(`${this.#api}/uploads/${id}`, {
      method: 'PATCH',
      headers: {
        ...tus,
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
      body: bytes,
    });
  }

  async offset(id: string): Promise<number> {
    const response = await fetch(`${this.#api}/uploads/${id}`, { method: 'HEAD', headers: tus });
    return Number(response.headers.get('upload-offset') ?? Number.NaN);
  }

  /** The whole file in one piece. */
  async upload(bytes: Uint8Array<ArrayBuffer>, name?: string): Promise<string> {
    const id = await this.begun(bytes.length, name);
    const response = await this.send(id, 0, bytes);
    if (response.status !== 204) throw new Error(await response.text());
    return id;
  }

  /** Announces all bytes and sends some. @returns what drops the connection */
  sendSome(id: string, announcedBytes: number, bytes: Uint8Array, offset = 0): () => void {
    const request = httpRequest(`${this.#api}/uploads/${id}`, {
      method: 'PATCH',
      headers: {
        ...tus,
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
        'content-length': String(announcedBytes),
      },
    });
    // It ends by being dropped.
    request.on('error', () => {});
    request.write(bytes);
    return () => request.destroy();
  }

  /** The start of a form with a file in it. @returns what drops the connection */
  sendSomeForm(bytes: Uint8Array): () => void {
    const request = httpRequest(`${this.#api}/uploads/multipart`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '10000000' },
    });
    request.on('error', () => {});
    request.write('--x\r\ncontent-disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n');
    request.write(bytes);
    return () => request.destroy();
  }
}

export const noise = (bytes: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(bytes));
