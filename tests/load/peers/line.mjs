// One client's connection in the way of each server: how its messages are wrapped, and how a document follows it.
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as sync from 'y-protocols/sync'
import * as Y from 'yjs'
import { reading } from './sockets.mjs'

const headersOf = ({ cookie, origin }) => ({ ...(cookie && { Cookie: cookie }), ...(origin && { Origin: origin }) })

export class Client {
  // `later`: the answer to its first question is kept unread, and `arrived` says when it came.
  constructor(kind, seat, { later = false } = {}) {
    Object.assign(this, { later, kind, speaks: kind === 'hocuspocus' || kind === 'batched', seat, synced: false, doc: new Y.Doc() })
    this.doc.on('update', (update, origin) => origin !== this && this.send(0, (e) => sync.writeUpdate(e, update)))
  }

  async open() {
    this.socket = reading(this.seat.url, headersOf(this.seat), (frame) => this.read(frame))
    this.socket.on('close', (code) => !this.done && console.error(`closed ${code}`))
    await this.socket.opened
    if (this.speaks) this.send(2, (e) => (encoding.writeVarUint(e, 0), encoding.writeVarString(e, 'token')))
    this.send(0, (e) => sync.writeSyncStep1(e, this.doc))
    await new Promise((resolve) => (this.onsync = resolve))
  }

  send(type, write) {
    const encoder = encoding.createEncoder()
    if (this.speaks) encoding.writeVarString(encoder, this.seat.room)
    encoding.writeVarUint(encoder, type)
    write(encoder)
    this.socket.send(encoding.toUint8Array(encoder))
  }

  read(frame) {
    const decoder = decoding.createDecoder(frame)
    if (this.speaks) decoding.readVarString(decoder)
    if (decoding.readVarUint(decoder) !== 0) return
    if (this.later && frame[decoder.pos] === sync.messageYjsSyncStep2) {
      this.later = false
      Object.assign(this, { arrived: performance.now(), answer: frame })
      return this.onsync()
    }
    const reply = encoding.createEncoder()
    const kind = sync.readSyncMessage(decoder, reply, this.doc, this)
    if (kind === 0 && encoding.length(reply) > 0) this.send(0, (e) => encoding.writeUint8Array(e, encoding.toUint8Array(reply)))
    if (kind === sync.messageYjsSyncStep2) this.onsync()
  }

  close() {
    this.done = true
    this.socket.close()
  }
}
