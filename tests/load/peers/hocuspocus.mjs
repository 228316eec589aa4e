// The peer @hocuspocus/server with its own SQLite extension, as its documentation sets it up.
import { SQLite } from '@hocuspocus/extension-sqlite'
import { Server } from '@hocuspocus/server'

const [, , port, database] = process.argv
const server = new Server({ port: Number(port), quiet: true, extensions: [new SQLite({ database })] })
await server.listen()
console.log('ready')
