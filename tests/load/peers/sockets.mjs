// Two kinds of socket for the load: one that reads every frame, and one that only writes and costs next to nothing.
import { randomBytes } from 'node:crypto'
import net from 'node:net'
import WebSocket from 'ws'

export function reading(url, headers, hear) {
  const socket = new WebSocket(url, [], { headers, perMessageDeflate: false })
  socket.binaryType = 'arraybuffer'
  socket.on('message', (data) => hear(new Uint8Array(data)))
  socket.opened = new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))
  return socket
}

// What arrives is taken off the line unread, so a run must be shorter than the servers' patience without pongs.
export function deaf(url, headers) {
  const { host, hostname, port, pathname } = new URL(url)
  const line = net.connect(Number(port), hostname)
  line.setNoDelay(true)
  const head = {
    Host: host,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    'Sec-WebSocket-Version': 13,
    ...headers,
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`)
  line.write(`GET ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n`)
  line.opened = new Promise((resolve, reject) => {
    line.on('error', reject)
    line.once('data', (answer) => {
      line.on('data', () => {})
      answer.toString('latin1').startsWith('HTTP/1.1 101') ? resolve() : reject(new Error(answer.toString('latin1')))
    })
  })
  line.send = (frame) => line.write(Buffer.concat([header(frame.length), frame]))
  line.close = () => line.destroy()
  return line
}

// A final binary frame under a mask of zeros.
function header(length) {
  if (length < 126) return Buffer.from([0x82, 0x80 | length, 0, 0, 0, 0])
  return Buffer.from([0x82, 0x80 | 126, length >> 8, length & 255, 0, 0, 0, 0])
}
