// The load: people who each type and move their caret a few times a second, in one or many rooms, on any of three servers.
// Prints one JSON line: how many updates were sent and delivered, and how long delivery took.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as sync from 'y-protocols/sync'
import * as Y from 'yjs'
import { deaf, reading } from './sockets.mjs'

const plan = JSON.parse(process.argv[2])
// plan: { kind: 'coprod' | 'hocuspocus' | 'yws', people: [{url, room, cookie, origin}], seconds, perSecond, root }
const named = plan.kind === 'hocuspocus' || plan.kind === 'batched' // its messages begin with the room
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const sentAt = new Map() // "client:clock" -> ms
const delays = []
let updates = 0
let frames = 0

// The first person in each room reads everything and measures; the others only type, so that the load stays light.
class Writer {
  constructor(who, observer) {
    Object.assign(this, { who, observer, synced: !observer, doc: new Y.Doc() })
    this.awareness = new Awareness(this.doc)
    this.doc.on('update', (update, origin) => origin !== this && this.send(0, (e) => sync.writeUpdate(e, update)))
  }

  async open() {
    const { url, cookie, origin } = this.who
    const headers = { ...(cookie && { Cookie: cookie }), ...(origin && { Origin: origin }) }
    this.socket = (this.observer ? reading : deaf)(url, headers, (data) => this.read(data))
    this.socket.on('close', (code) => !this.done && console.error(`closed ${code}`))
    await this.socket.opened
    if (named) this.send(2, (e) => (encoding.writeVarUint(e, 0), encoding.writeVarString(e, 'token')))
    this.send(0, (e) => sync.writeSyncStep1(e, this.doc))
  }

  send(type, write) {
    const encoder = encoding.createEncoder()
    if (named) encoding.writeVarString(encoder, this.who.room)
    encoding.writeVarUint(encoder, type)
    write(encoder)
    this.socket.send(encoding.toUint8Array(encoder))
  }

  read(frame) {
    frames++
    const decoder = decoding.createDecoder(frame)
    if (named) decoding.readVarString(decoder)
    const type = decoding.readVarUint(decoder)
    if (type !== 0) return
    const reply = encoding.createEncoder()
    const kind = sync.readSyncMessage(decoder, reply, this.doc, this)
    if (kind === sync.messageYjsSyncStep2) this.synced = true
    if (kind === 0 && encoding.length(reply) > 0) this.send(0, (e) => encoding.writeUint8Array(e, encoding.toUint8Array(reply)))
    this.note()
  }

  note() {
    const now = performance.now()
    for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(this.doc))) {
      for (let seen = (this.seen ??= new Map()).get(client) ?? 0; seen < clock; seen++) {
        const at = sentAt.get(`${client}:${seen}`)
        if (at !== undefined) delays.push(now - at)
      }
      this.seen.set(client, clock)
    }
  }

  type() {
    const text = this.doc.getText(plan.root)
    if (!this.observer) sentAt.set(`${this.doc.clientID}:${this.own ?? 0}`, performance.now())
    this.own = (this.own ?? 0) + 1
    updates++
    text.insert(text.length, 'x')
  }

  caret() {
    this.awareness.setLocalState({ section: 'summary', cursor: { at: updates }, user: { name: 'Load' } })
    this.send(1, (e) => encoding.writeVarUint8Array(e, encodeAwarenessUpdate(this.awareness, [this.doc.clientID])))
  }
}

const rooms = new Set()
const writers = plan.people.map((who) => {
  const first = !rooms.has(who.room)
  rooms.add(who.room)
  return new Writer(who, first)
})
for (const writer of writers) await writer.open()
const deadline = Date.now() + 30_000
while (writers.some((w) => !w.synced) && Date.now() < deadline) await sleep(20)
if (writers.some((w) => !w.synced)) throw new Error('not everybody was synced')
await sleep(500)
console.log('start')
await sleep(200)

const gap = 1000 / plan.perSecond
const end = performance.now() + plan.seconds * 1000
const timers = writers.flatMap((writer, i) => {
  const offset = (gap * i) / writers.length
  const loop = (what) => {
    if (performance.now() >= end) return
    what()
    setTimeout(loop, gap * (0.8 + 0.4 * Math.random()), what)
  }
  return [setTimeout(loop, offset, () => writer.type()), setTimeout(loop, offset + gap / 2, () => writer.caret())]
})
await sleep(plan.seconds * 1000 + 300)
const observers = writers.filter((w) => w.observer)
const expected = (room) => writers.filter((w) => w.who.room === room).reduce((n, w) => n + (w.own ?? 0), 0)
const whole = () => observers.every((w) => (w.doc.getText(plan.root).toString().match(/x/g) ?? []).length === expected(w.who.room))
const drain = Date.now() + 20_000
while (!whole() && Date.now() < drain) await sleep(20)
console.log('end')
await sleep(100)
timers.forEach(clearTimeout)
delays.sort((a, b) => a - b)
const at = (q) => (delays.length ? Math.round(delays[Math.floor((delays.length - 1) * q)] * 10) / 10 : null)
const readers = plan.people.length / rooms.size
console.log(JSON.stringify({ updates, delivered: updates * readers, frames, whole: whole(), p50: at(0.5), p95: at(0.95) }))
for (const writer of writers) (writer.done = true), writer.socket.close()
process.exit(0)
