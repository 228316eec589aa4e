// Real Yjs at work: writes yjs_vectors.json, the updates that honest editors send, in the order a server meets them.
// Run: node tests/data/make_vectors.mjs [rounds of random work] [seed] [file]
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const Y = createRequire(new URL('../../frontend/package.json', import.meta.url))('yjs')
const [rounds = 36, seed = 7] = process.argv.slice(2, 4).map(Number)
const file = process.argv[4] ?? new URL('yjs_vectors.json', import.meta.url)

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

/** A server that lets everything through, and the tape of what it met. */
class Session {
  constructor (name) {
    this.name = name
    this.doc = new Y.Doc()
    this.doc.clientID = 1
    this.steps = []
    this.people = []
    this.clients = {}
    const seeded = new Y.Doc()
    seeded.clientID = 2
    for (const key of ['t:why', 't:how']) seeded.getText(key).insert(0, '\n')
    this.seed = Y.encodeStateAsUpdate(seeded)
    Y.applyUpdate(this.doc, this.seed)
  }

  join (person) {
    const someone = new Someone(this, person)
    this.people.push(someone)
    return someone
  }

  take (from, update) {
    this.steps.push([from.person, Buffer.from(update).toString('base64')])
    Y.applyUpdate(this.doc, update)
    for (const other of this.people) if (other !== from && other.online) Y.applyUpdate(other.doc, update, 'server')
  }

  done () {
    for (const someone of this.people) someone.connect()
    const json = {
      name: this.name,
      clients: this.clients,
      seed: Buffer.from(this.seed).toString('base64'),
      steps: this.steps,
      texts: Object.fromEntries(['t:why', 't:how'].map(key => [key, this.doc.getText(key).toDelta()])),
      rows: this.doc.getArray('r:people').toJSON(),
      fields: this.doc.getMap('f:cost').toJSON()
    }
    for (const someone of this.people) {
      const same = JSON.stringify(someone.doc.getText('t:why').toDelta()) === JSON.stringify(json.texts['t:why'])
      if (!same) throw new Error(`${this.name}: ${someone.person} has another document`)
    }
    return json
  }
}

/** One person's tab, with or without a network. */
class Someone {
  constructor (session, person, doc = new Y.Doc()) {
    this.session = session
    this.person = person
    this.online = true
    this.doc = doc
    session.clients[doc.clientID = 3e9 + Object.keys(session.clients).length * 7919 + person] = person
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(session.doc), 'server')
    this.text = doc.getText('t:why')
    this.other = doc.getText('t:how')
    this.rows = doc.getArray('r:people')
    this.fields = doc.getMap('f:cost')
    this.undo = new Y.UndoManager([this.text, this.other, this.rows, this.fields], { captureTimeout: 0 })
    doc.on('update', (update, origin) => { if (this.online && origin !== 'server') session.take(this, update) })
  }

  disconnect () { this.online = false }

  /** Answer the server's step 1, as every provider does, and hear what it has. */
  connect () {
    if (this.online) return
    this.online = true
    this.session.take(this, Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(this.session.doc)))
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.session.doc, Y.encodeStateVector(this.doc)), 'server')
  }

  /** The tab is closed and opened again: the same words from the device, another client id. */
  reload () {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.doc), 'device')
    const index = this.session.people.indexOf(this)
    const online = this.online
    this.online = false
    const again = new Someone(this.session, this.person, doc)
    again.online = false
    this.session.people[index] = again
    if (online) again.connect()
    return again
  }

  type (words, text = this.text, at = below(text.length + 1)) {
    for (const character of words) {
      text.insert(at, character)
      at += character.length
    }
  }
}

const marks = [{ strong: true }, { strong: null }, { em: true }, { link: { href: 'https://example.nhs.uk/a?b=c' } }, { link: null },
  { link: { href: 'mailto:ward@example.nhs.uk' } }, { h: 3 }, { h: null }, { list: 'bullet', indent: 2 }, { quote: true }, { colour: 'later' }]
const words = ['ward ', 'naïve ', '😀', '👩🏽‍⚕️ ', 'e\u0301 ', '\n', 'waiting list ', '日本', 'x']
const edge = (text, at) => {
  const code = text.toString().charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}
const span = text => {
  const length = text.toString().length
  if (!length) return null
  const start = edge(text, below(length))
  const end = edge(text, Math.min(length, start + 1 + below(8)))
  return end > start ? [start, end - start] : null
}

/** Everything the product's editor does to a document, at random. */
const gestures = {
  type: who => who.type(pick(words), pick([who.text, who.other]), 0),
  insert: who => { const text = pick([who.text, who.other]); text.insert(edge(text, below(text.length + 1)), pick(words), pick([undefined, ...marks.slice(0, 3)])) },
  remove: who => { const text = pick([who.text, who.other]); const part = span(text); if (part) text.delete(...part) },
  format: who => { const part = span(who.text); if (part) who.text.format(...part, pick(marks)) },
  paste: who => who.doc.transact(() => { for (let n = 0; n < 6; n++) { who.text.insert(0, pick(words), pick(marks)); who.text.insert(0, '\n', pick(marks)) } }),
  replace: who => who.doc.transact(() => { const part = span(who.text); if (part) { who.text.delete(...part); who.text.insert(part[0], pick(words)) } }),
  row: who => who.rows.insert(below(who.rows.length + 1), [new Y.Map([['id', `r${below(1e6)}`], ['who', pick(words)]])]),
  cell: who => { if (who.rows.length) pick(who.rows.toArray()).set(pick(['who', 'why', 'id']), pick(words) + below(9)) },
  clear: who => { if (who.rows.length) pick(who.rows.toArray()).delete(pick(['who', 'why'])) },
  drop: who => { if (who.rows.length) who.rows.delete(below(who.rows.length)) },
  field: who => who.fields.set(pick(['amount', 'year', 'note']), pick(words)),
  value: who => who.fields.set(pick(['amount', 'year']), pick([1, 2.5, true, null, 'x', { a: [1, 'b'] }])),
  blank: who => who.fields.delete(pick(['amount', 'year', 'note'])),
  undo: who => who.undo.undo(),
  redo: who => who.undo.redo(),
  away: who => who.disconnect(),
  back: who => who.connect(),
  reload: who => who.reload()
}
const often = ['type', 'type', 'insert', 'remove', 'format', 'replace', 'cell', 'field', 'undo', ...Object.keys(gestures)]

const scenes = {
  'two people type by turns' (session) {
    const [amara, ben] = [session.join(1), session.join(2)]
    for (let n = 0; n < 20; n++) pick([amara, ben]).type('ab')
  },
  'a text is marked, listed and linked' (session) {
    const amara = session.join(1)
    amara.type('Patients wait for their letters.\nTwo weeks is too long.', amara.text, 1)
    for (const mark of marks) amara.text.format(4, 9, mark)
    for (let n = 0; n < 5; n++) amara.undo.undo()
    for (let n = 0; n < 5; n++) amara.undo.redo()
  },
  'a row is edited while another deletes it' (session) {
    const [amara, ben] = [session.join(1), session.join(2)]
    gestures.row(amara)
    ben.disconnect()
    amara.rows.delete(0)
    ben.rows.get(0).set('who', 'the ward')
    ben.rows.get(0).set('who', 'the clinic')
    ben.connect()
    amara.undo.undo()
  },
  'a row comes and goes without a network' (session) {
    const amara = session.join(1)
    amara.disconnect()
    gestures.row(amara)
    amara.rows.get(0).set('who', 'nobody')
    amara.rows.delete(0)
    amara.undo.clear()
    amara.type('kept', amara.text, 0)
    amara.connect()
  },
  'a field is set again and again without a network' (session) {
    const amara = session.join(1)
    amara.disconnect()
    for (const value of ['1', '12', '123', '124']) amara.fields.set('amount', value)
    amara.connect()
    amara.undo.undo()
    amara.undo.undo()
  },
  'words of two reloads arrive together' (session) {
    let amara = session.join(1)
    amara.disconnect()
    amara.type('before ')
    amara = amara.reload()
    amara.type('after ')
    amara.connect()
  },
  'an answer to an old step 1 overlaps what was sent since' (session) {
    const amara = session.join(1)
    const old = Y.encodeStateVector(session.doc)
    amara.text.insert(1, 'half ')
    amara.disconnect()
    amara.text.insert(6, '😀 and half')
    amara.online = true
    session.take(amara, Y.encodeStateAsUpdate(amara.doc, old))
    session.take(amara, Y.encodeStateAsUpdate(amara.doc))
  },
  'keystrokes are merged before they are sent' (session) {
    const amara = session.join(1)
    amara.disconnect()
    const held = []
    amara.doc.on('update', update => held.push(update))
    amara.type('merged', amara.text, 1)
    amara.text.delete(2, 2)
    amara.online = true
    session.take(amara, Y.mergeUpdates(held))
  },
  'cells from a spreadsheet are pasted over rows, and taken back' (session) {
    const [amara, ben] = [session.join(1), session.join(2)]
    const paste = (who, rows, tag) => who.doc.transact(() => {
      for (let row = 0; row < rows; row++) {
        if (who.rows.length <= row) who.rows.push([new Y.Map([['id', `${tag}${row}`]])])
        for (const key of ['who', 'why', 'cost', 'share', 'by', 'sure']) who.rows.get(row).set(key, `${tag} ${row} £1,200\nnaïve 😀`)
      }
    })
    paste(amara, 12, 'a')
    ben.disconnect()
    paste(ben, 100, 'b')
    paste(amara, 30, 'c')
    ben.rows.delete(3, 2)
    ben.connect()
    amara.doc.transact(() => {
      for (const row of amara.rows.toArray().slice(0, 30)) for (const key of ['who', 'why', 'cost']) row.set(key, '')
      amara.rows.delete(20, 5)
    })
    ben.reload()
  },
  'a reader tidies marks that nobody needs' (session) {
    const [amara, ben, reader] = [session.join(1), session.join(2), session.join(3)]
    amara.type('tidy these marks', amara.text, 1)
    ben.disconnect()
    ben.text.format(2, 8, { strong: true })
    amara.text.delete(1, 12)
    ben.connect()
    reader.type('', reader.text, 0)
  }
}

const sessions = []
for (const [name, scene] of Object.entries(scenes)) {
  const session = new Session(name)
  scene(session)
  sessions.push(session.done())
}
for (let round = 0; round < rounds; round++) {
  const session = new Session(`round ${round}`)
  const number = 2 + below(3)
  for (let person = 1; person <= number; person++) session.join(person)
  for (let n = 0; n < 60; n++) gestures[pick(often)](pick(session.people))
  sessions.push(session.done())
}
writeFileSync(file, JSON.stringify({ made_with: 'yjs 13.6', seed, sessions }))
