// The peer y-websocket server, each update written to SQLite as it arrives.
import http from 'node:http'
import { setPersistence, setupWSConnection } from '@y/websocket-server/utils'
import Database from 'better-sqlite3'
import { WebSocketServer } from 'ws'

const [, , port, path] = process.argv
const database = new Database(path)
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
database.exec('CREATE TABLE IF NOT EXISTS updates (id INTEGER PRIMARY KEY, room TEXT, data BLOB)')
const insert = database.prepare('INSERT INTO updates (room, data) VALUES (?, ?)')
setPersistence({
  bindState: (room, doc) => doc.on('update', (update) => insert.run(room, Buffer.from(update))),
  writeState: async () => {},
})
const server = http.createServer()
const sockets = new WebSocketServer({ server })
sockets.on('connection', setupWSConnection)
server.listen(Number(port), '127.0.0.1', () => console.log('ready'))
