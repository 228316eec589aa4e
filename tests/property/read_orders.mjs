// Loads documents into Yjs as browsers do that hear of changes at other times: on stdin the updates of a document a line, in hex;
// as arguments its roots. Prints for each what it says row by row, in parcels of so many, and merged.
import { readFileSync } from 'node:fs'

const Y = await import(new URL('../../frontend/node_modules/yjs/dist/yjs.mjs', import.meta.url))
const roots = process.argv.slice(2)
const read = (updates) => {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return roots.map((root) => doc.getText(root).toString())
}
const parcels = (updates, size) => {
  const count = Math.ceil(updates.length / size)
  return Array.from({ length: count }, (_, i) => Y.mergeUpdates(updates.slice(i * size, (i + 1) * size)))
}
for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const updates = line.split(' ').map((hex) => Buffer.from(hex, 'hex'))
  const ways = [updates, ...[2, 5, 17, updates.length].map((size) => parcels(updates, size))]
  console.log(JSON.stringify(ways.map(read)))
}
