// The web process: Next's production server behind the console's own, so that it stops when told and binds where told.
import { Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import next from 'next'
import { peerHeader } from '@/server/client-address'
import { createFront } from '@/server/front/create-front'

const hostname = process.env.ORIEL_HOST || '127.0.0.1'
const port = Number(process.env.ORIEL_PORT || 3000)
const dir = fileURLToPath(new URL('../..', import.meta.url))
// Next listens for upgrades on the server that it is given; this one never opens.
const app = next({ dev: false, dir, hostname, port, httpServer: new Server() })
await app.prepare()
const handle = app.getRequestHandler()
const server = createFront((request, response) => {
  // Handlers see no socket; what a client wrote there itself is overwritten (server/client-address.ts).
  request.headers[peerHeader] = request.socket.remoteAddress ?? ''
  return handle(request, response)
})

server.on('error', (error: NodeJS.ErrnoException) => {
  console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken; choose another with --port.` : error.message)
  process.exit(1)
})
server.listen(port, hostname, () => {
  const address = server.address()
  const listening = typeof address === 'object' && address ? address.port : port
  process.send?.({ listening })
  if (!process.send) console.error(`Oriel listens on http://${hostname}:${listening}`)
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
