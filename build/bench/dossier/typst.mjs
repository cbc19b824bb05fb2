// Makes the dossier with typst: typst.mjs FOLDER OUT. The compiler is typst's own, as a module of Node.
import { readFileSync, writeFileSync } from 'node:fs';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const [folder, out] = process.argv.slice(2);
const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontPaths: [`${folder}/fonts`] }] });
const source = readFileSync(new URL('dossier.typ', import.meta.url), 'utf8');
const { creationTimestamp } = JSON.parse(readFileSync(`${folder}/facts.json`, 'utf8'));
writeFileSync(out, compiler.pdf({ mainFileContent: source }, { pdfStandard: 'a-3b', creationTimestamp }));
