import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { noticesDocument, noticesFile } from './notices/document.ts';
import { repositoryRoot } from './toolchain/install.mjs';

await writeFile(join(repositoryRoot, noticesFile), await noticesDocument(repositoryRoot));
