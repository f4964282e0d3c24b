import { createServer, type Socket } from 'node:net'

/** A TCP port on loopback that can be cut off as by the death of its process, and opened again. */
export type Door = {
  readonly port: number
  /** Resets every connection and stops listening. */
  close(): void
  /** Listens again on the same port. Rejects when another has taken it. */
  open(): Promise<void>
}

export async function createDoor(wantedPort: number, onConnection: (socket: Socket) => void): Promise<Door> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    onConnection(socket)
  })
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  await listen(wantedPort)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was bound')
  const { port } = address
  return {
    port,
    close() {
      server.close()
      for (const socket of sockets) socket.resetAndDestroy()
    },
    async open() {
      if (!server.listening) await listen(port)
    },
  }
}
