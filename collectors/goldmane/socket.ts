import { chmod, lstat, mkdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { dirname } from 'node:path'
import { type Server, ServerCredentials } from '@grpc/grpc-js'
import { AppError, toError } from '@/server/errors'

/**
 * Serves on a Unix socket that only its owner and root may open, in place of one that nobody listens on any more.
 * Throws AppError that says what is in the way.
 */
export async function bindSocket(server: Server, path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await clear(path)
    await new Promise<void>((resolve, reject) => {
      server.bindAsync(`unix:${path}`, ServerCredentials.createInsecure(), (error) =>
        error ? reject(error) : resolve(),
      )
    })
    await chmod(path, 0o600)
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown
    throw new AppError(
      'unavailable',
      `Cannot listen on the socket ${path} (${toError(thrown).message}). Mount the node’s directory ${dirname(path)} where Oriel may write.`,
      { cause: thrown },
    )
  }
}

/** Removes a stale socket; never anything else, and none that is in use. */
async function clear(path: string): Promise<void> {
  const found = await lstat(path).catch((thrown: unknown) => {
    if (toError(thrown).message.startsWith('ENOENT')) return null
    throw thrown
  })
  if (!found) return
  if (!found.isSocket())
    throw new AppError(
      'invalid',
      `${path} is there and is no socket. Remove it, or set the source’s socket to another path.`,
    )
  if (await isServed(path))
    throw new AppError(
      'conflict',
      `Another process serves the socket ${path}. Stop it (calico-node -flows, another Oriel).`,
    )
  await rm(path, { force: true })
}

const isServed = (path: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
