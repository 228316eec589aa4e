// Loads updates into Yjs as a browser would: lines of hex on stdin, roots as arguments; prints what the document says.
import { readFileSync } from 'node:fs'

const Y = await import(new URL('../../frontend/node_modules/yjs/dist/yjs.mjs', import.meta.url))
const doc = new Y.Doc()
const roots = process.argv.slice(2)
for (const root of roots) ({ t: () => doc.getText(root), f: () => doc.getMap(root), r: () => doc.getArray(root) })[root[0]]()
for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) Y.applyUpdate(doc, Buffer.from(line, 'hex'))
const said = Object.fromEntries(roots.map((root) => [root, root[0] === 't' ? doc.getText(root).toString() : doc.get(root).toJSON()]))
const clocks = Object.fromEntries(Y.decodeStateVector(Y.encodeStateVector(doc)))
console.log(JSON.stringify({ said, clocks, pending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null }))
