import type { Server } from 'node:http'

export type Bound = { readonly port: number; close(): Promise<void> }

/** Listens on loopback and says on which port; closing ends open connections too. Rejects when the port is taken. */
export async function listen(server: Server, port: number): Promise<Bound> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was bound')
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
