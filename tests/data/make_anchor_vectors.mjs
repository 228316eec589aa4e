// Real Yjs at work: writes anchor_vectors.json, places in texts that people edit together and where they end up.
// Run: node tests/data/make_anchor_vectors.mjs [sessions] [seed] [file]
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const Y = createRequire(new URL('../../frontend/package.json', import.meta.url))('yjs')
const [sessions = 24, seed = 11] = process.argv.slice(2, 4).map(Number)
const file = process.argv[4] ?? new URL('anchor_vectors.json', import.meta.url)

let state = seed
/** mulberry32: the same numbers on every machine */
const random = () => {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const below = n => Math.floor(random() * n)
const pick = list => list[below(list.length)]
const hex = bytes => Buffer.from(bytes).toString('hex')

const WORDS = ['ward', '£640k', 'frailty', 'a', 'naïve', '😀', 'bed', '👩‍⚕️', 'night', 'to', '–', 'home']
const ROOTS = ['t:why', 't:how']
const isLow = unit => unit >= 0xdc00 && unit < 0xe000
/** an index that is not in the middle of a pair of surrogates */
const whole = (said, at) => isLow(said.charCodeAt(at)) ? at + 1 : at
const somewhere = (said, least = 0) => whole(said, least + below(said.length - least + 1))

function edit (text) {
  const said = text.toString()
  const at = Math.max(1, somewhere(said))
  const kind = below(10)
  if (kind < 5) text.insert(at, pick(WORDS) + (random() < 0.7 ? ' ' : ''))
  else if (kind < 6) text.insert(at, '\n', { list: 'bullet' })
  else if (kind < 8) {
    const end = whole(said, Math.min(said.length, at + 1 + below(14)))
    if (end > at) text.delete(at, end - at)
  } else {
    const end = whole(said, Math.min(said.length, at + 1 + below(14)))
    if (end > at) text.format(at, end - at, { strong: true })
  }
}

function anchor (doc) {
  const root = pick(ROOTS)
  const text = doc.getText(root)
  const said = text.toString()
  const start = whole(said, below(said.length))
  const end = whole(said, Math.min(said.length, start + 1 + below(20)))
  return { root, ...placed(text, start, end) }
}

function placed (text, start, end) {
  const json = (at, assoc) => Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, at, assoc))
  return { start: json(start, 0), end: json(end, -1) }
}

function where (doc, root, place) {
  const found = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(place), doc)
  return found !== null && found.type === doc.getText(root) ? found.index : null
}

function session () {
  const seeded = new Y.Doc()
  seeded.clientID = 2
  for (const root of ROOTS) seeded.getText(root).insert(0, '\nWhat the ward needs at night is 😀 one more bed for £40k.')
  const updates = [Y.encodeStateAsUpdate(seeded)]
  const people = [3, 4, 5].map(() => {
    const doc = new Y.Doc()
    doc.clientID = 1000 + below(2 ** 31)
    Y.applyUpdate(doc, updates[0])
    doc.on('update', (update, origin) => { if (origin !== 'net') updates.push(update) })
    return doc
  })
  const anchors = []
  for (let round = 0; round < 6; round++) {
    for (const doc of people) {
      for (let n = below(3); n > 0; n--) edit(doc.getText(pick(ROOTS)))
      if (random() < 0.6) anchors.push(anchor(doc))
    }
    for (const doc of people) for (const update of updates) Y.applyUpdate(doc, update, 'net')
  }
  const last = new Y.Doc()
  for (const update of updates) Y.applyUpdate(last, update)
  const named = ROOTS.flatMap(root => [0, 1, 2].map(() => {
    const text = last.getText(root)
    const said = text.toString()
    const start = whole(said, below(said.length))
    const end = whole(said, Math.min(said.length, start + 1 + below(12)))
    return { root, at: [start, end], ...placed(text, start, end) }
  }))
  return {
    updates: updates.map(hex),
    whole: hex(Y.encodeStateAsUpdate(last)),
    texts: Object.fromEntries(ROOTS.map(root => [root, last.getText(root).toString()])),
    anchors: anchors.map(a => ({ ...a, at: [where(last, a.root, a.start), where(last, a.root, a.end)] })),
    named
  }
}

const cases = Array.from({ length: sessions }, session)
writeFileSync(file, JSON.stringify({ yjs: '13.6', cases }) + '\n')
console.log(`${cases.length} sessions, ${cases.flatMap(c => c.anchors).length} anchors`)
