// The peer @hocuspocus/server with its own SQLite extension, as its documentation sets it up; on request with its
// own batching of what it sends. It saves the whole document some time after a change, not each change at once.
import { SQLite } from '@hocuspocus/extension-sqlite'
import { Server } from '@hocuspocus/server'

const [, , port, database, batch] = process.argv
const server = new Server({ port: Number(port), quiet: true, ...(batch && { flushDelay: Number(batch) }), extensions: [new SQLite({ database })] })
await server.listen()
console.log('ready')
