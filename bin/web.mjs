// The web process: Next's production server on its own HTTP server, so that it stops when told and binds where told.
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import next from 'next'

const hostname = process.env.ORIEL_HOST || '127.0.0.1'
const port = Number(process.env.ORIEL_PORT || 3000)
const app = next({ dev: false, dir: fileURLToPath(new URL('..', import.meta.url)), hostname, port })
await app.prepare()
const handle = app.getRequestHandler()
const server = createServer((request, response) => {
  // Handlers see no socket; what a client wrote there itself is overwritten (server/client-address.ts).
  request.headers['x-oriel-peer'] = request.socket.remoteAddress ?? ''
  return handle(request, response)
})
server.requestTimeout = 30_000
// Longer than the idle time of usual proxies (60 s): who closes first must not be us, or a request in flight is lost.
server.keepAliveTimeout = 65_000

server.on('error', (error) => {
  console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken; choose another with --port.` : error.message)
  process.exit(1)
})
server.listen(port, hostname, () => {
  const address = server.address()
  process.send?.({ listening: address.port })
  if (!process.send) console.error(`Oriel listens on http://${hostname}:${address.port}`)
})

const stop = () => {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
  // Streams stay open by design; their clients reconnect elsewhere.
  setTimeout(() => server.closeAllConnections(), 500)
  setTimeout(() => process.exit(0), 3_000)
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
process.on('disconnect', stop)
