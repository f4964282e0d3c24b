import { createServer } from 'node:net'
import type { Config } from '@/server/env'
import { AppError, toError } from '@/server/errors'

/** Throws AppError('conflict') before anything is started when the console could not listen. */
export async function checkListen({ host, port }: Config['web']): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => server.close(() => resolve()))
  }).catch((thrown: unknown) => {
    const error = toError(thrown)
    const taken = 'code' in error && error.code === 'EADDRINUSE'
    throw new AppError(
      'conflict',
      taken
        ? `Port ${port} is taken. Stop what uses it, or choose another with --port.`
        : `Cannot listen on ${host}:${port}: ${error.message}`,
    )
  })
}
