import { createHash } from 'node:crypto';
import type { OpenApiDocument, OperationObject } from './document.ts';
import { Html, html } from './html.ts';

/** In one piece, so that its hash can let it through the page's policy. */
const styles = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
code, pre { font: 0.875rem/1.4 ui-monospace, monospace; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 0.5rem; }
details { border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: 0.5rem 0; }
summary { cursor: pointer; }
summary b { display: inline-block; min-width: 4.5rem; text-transform: uppercase; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 1rem 0.25rem 0; }
.access { opacity: 0.7; }
`;

const styleHash = createHash('sha256').update(styles).digest('base64');

/** The page needs nothing but its own styles. */
export const openApiPagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** References as links to where the schema stands on the page. */
function code(value: unknown): Html {
  const escaped = html`${json(value)}`.source;
  const linked = escaped.replace(
    /#\/components\/schemas\/(\w+)/g,
    (reference, name) => `<a href="#${name}">${reference}</a>`,
  );
  return new Html(`<pre>${linked}</pre>`);
}

const rows = (cells: readonly (readonly [string, Html])[]): Html =>
  html`<table>${cells.map(([head, cell]) => html`<tr><th scope="row"><code>${head}</code></th><td>${cell}</td></tr>`)}</table>`;

const lines = (text: string): Html => html`${text.split('\n').map((line) => html`${line}<br>`)}`;

function contentOf(content: Readonly<Record<string, unknown>> | undefined): readonly Html[] {
  return Object.entries(content ?? {}).map(
    ([mimeType, value]) => html`<p><code>${mimeType}</code></p>${code(value)}`,
  );
}

function operationOf(method: string, address: string, operation: OperationObject): Html {
  const access = operation.security.flatMap((scheme) => Object.keys(scheme)).join(', ') || 'public';
  const parameters = operation.parameters.map((parameter) => {
    const described = html`${parameter.description ?? ''} <code>${json(parameter.schema)}</code>`;
    return [
      `${parameter.name} (${parameter.in}${parameter.required ? ', required' : ''})`,
      described,
    ] as const;
  });
  const answers = Object.entries(operation.responses).map(
    ([status, { description, content }]) =>
      [status, html`${lines(description)}${contentOf(content)}`] as const,
  );
  return html`<details id="${operation.operationId}">
<summary><b>${method}</b> <code>${address}</code> ${operation.summary} <span class="access">(${access})</span></summary>
${parameters.length > 0 ? html`<h3>Parameters</h3>${rows(parameters)}` : ''}
${operation.requestBody ? html`<h3>Body</h3>${contentOf(operation.requestBody.content)}` : ''}
<h3>Answers</h3>${rows(answers)}
</details>`;
}

/** The document as a page to read, without a script. */
export function openApiPage({ info, servers, paths, components }: OpenApiDocument): string {
  const [{ url } = { url: '' }] = servers;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      operationOf(method, `${url}${path}`, operation),
    ),
  );
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      html`<details id="${name}"><summary>${name}</summary>${code(schema)}</details>`,
  );
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${info.title}: HTTP interface</title><style>${new Html(styles)}</style></head>
<body>
<h1>${info.title} ${info.version}</h1>
<p>${info.description}</p>
<p>The same for programs: <a href="${url}/openapi.json">${url}/openapi.json</a> (OpenAPI 3.1).</p>
<h2>Operations</h2>
${operations}
<h2>Schemas</h2>
${schemas}
</body>
</html>
`.source;
}
